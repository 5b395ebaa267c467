namespace MlNetRnn.Samples.Serving;

/// <summary>What the service says of the words of texts: a tag for each, and the spans that the tags mark.</summary>
internal sealed class TagAnswers(TagModel model)
{
    public Reply Answer(TextsRequest request)
    {
        Token[][] texts = [.. request.Texts.Select(text => Token.All(text).ToArray())];
        IReadOnlyList<ArraySegment<Token>>[] pieces = [.. texts.Select(SentencePieces.Of)];
        (IReadOnlyList<TagRow> tagged, ModelCard card) = model.Predict(pieces.SelectMany(piece => piece).Cast<IReadOnlyList<Token>>());
        var scheme = new SpanScheme(card.Labels ?? []);
        var answers = new List<object>();
        int next = 0;
        foreach ((string text, IReadOnlyList<ArraySegment<Token>> piece) in request.Texts.Zip(pieces))
        {
            TokenAnswer[] tokens = [.. piece.SelectMany(segment => Tagged(segment, tagged[next++]))];
            answers.Add(new TagAnswer(tokens, [.. Spans(scheme, tokens, text)]));
        }
        return new Reply(card.ShortVersion, answers);
    }

    private static IEnumerable<TokenAnswer> Tagged(IReadOnlyList<Token> tokens, TagRow said) => tokens.Select((token, i) =>
        i < said.Answer.Length && said.Answer[i] is { Length: > 0 } tag
            ? new TokenAnswer(token.Text, token.Start, token.Length, tag, said.Score[i])
            : new TokenAnswer(token.Text, token.Start, token.Length, null, null));

    private static IEnumerable<SpanAnswer> Spans(SpanScheme scheme, TokenAnswer[] tokens, string text)
    {
        foreach ((int first, int count, string type) in scheme.Spans([.. tokens.Select(token => token.Tag)]))
        {
            int start = tokens[first].Start, end = tokens[first + count - 1].Start + tokens[first + count - 1].Length;
            yield return new SpanAnswer(type, start, end - start, text[start..end]);
        }
    }
}
