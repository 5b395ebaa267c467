namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /tag: a tag for each token of a text, and the spans that the tags mark.</summary>
internal static class TagAnswers
{
    /// <summary>Tags all texts of a request with one model.</summary>
    public static Reply Of(TextsRequest request, TagModel model)
    {
        IReadOnlyList<string> texts = request.All;
        IReadOnlyList<ArraySegment<RnnToken>>[] pieces = [.. texts.Select(text => SentencePieces.Of([.. RnnTokenizer.Tokenize(text)]))];
        (IReadOnlyList<TagRow> tagged, ModelCard card) = model.Predict(pieces.SelectMany(piece => piece).Cast<IReadOnlyList<RnnToken>>());
        // Null if the tags do not mark spans, as is the case for parts of speech.
        RnnSpanScheme? scheme = RnnSpanScheme.Of(card.Labels ?? []);
        var answers = new List<object>();
        int next = 0;
        foreach ((string text, IReadOnlyList<ArraySegment<RnnToken>> piece) in texts.Zip(pieces))
        {
            TokenAnswer[] tokens = [.. piece.SelectMany(segment => Tagged(segment, tagged[next++]))];
            answers.Add(new TagAnswer(tokens, scheme is null ? [] : [.. Spans(scheme, tokens, text)]));
        }
        return new Reply(card.ShortVersion, answers);
    }

    private static IEnumerable<TokenAnswer> Tagged(IReadOnlyList<RnnToken> tokens, TagRow row) => tokens.Select((token, i) =>
        i < row.Answer.Length && row.Answer[i] is { Length: > 0 } tag
            ? new TokenAnswer(token.Text, token.Start, token.Length, tag, row.Score[i])
            : new TokenAnswer(token.Text, token.Start, token.Length, null, null));

    private static IEnumerable<SpanAnswer> Spans(RnnSpanScheme scheme, TokenAnswer[] tokens, string text)
    {
        foreach (RnnSpan span in scheme.Spans(tokens.Select(token => token.Tag)))
        {
            TokenAnswer last = tokens[span.End - 1];
            int start = tokens[span.Start].Start, end = last.Start + last.Length;
            yield return new SpanAnswer(span.Type, start, end - start, text[start..end]);
        }
    }
}
