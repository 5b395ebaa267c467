namespace MlNetRnn.Samples.Serving;

/// <summary>What the service says of texts: class or number, and how much each word had to do with it.</summary>
internal sealed class TextAnswers(TextModel model, ServiceLimits limits)
{
    /// <summary>Texts, and those with a word left out, are scored together, so that all is of one model.</summary>
    /// <exception cref="Refusal">There are too many words to explain.</exception>
    public Reply Answer(TextsRequest request)
    {
        LeaveOneOut[] explained = request.Explain ? Explained(request) : [];
        (IReadOnlyList<float[]> values, ModelCard card) = model.Predict([.. request.Texts, .. explained.SelectMany(text => text.Variants)]);
        int next = request.Texts.Count;
        IReadOnlyList<WordAnswer>? Words(int text)
        {
            if (!request.Explain) return null;
            int first = next, said = IndexOfMax(values[text]);
            next += explained[text].Words.Count;
            return [.. explained[text].Words.Select((word, i) => new WordAnswer(word.Text, word.Start, word.Length, values[text][said] - values[first + i][said]))];
        }
        return new Reply(card.ShortVersion, [.. request.Texts.Select((_, i) => AnswerOf(values[i], card.Labels, Words(i)))]);
    }

    private static object AnswerOf(float[] values, IReadOnlyList<string>? labels, IReadOnlyList<WordAnswer>? words)
    {
        if (labels is null) return new NumberAnswer(values[0], words);
        int best = IndexOfMax(values);
        return new ClassAnswer(labels[best], values[best], [.. labels.Zip(values, (label, probability) => new ClassProbability(label, probability))], words);
    }

    private static int IndexOfMax(float[] values) => Array.IndexOf(values, values.Max());

    private LeaveOneOut[] Explained(TextsRequest request)
    {
        LeaveOneOut[] texts = [.. request.Texts.Select(text => new LeaveOneOut(text))];
        for (int i = 0; i < texts.Length; i++)
            if (texts[i].Words.Count > limits.ExplainedWords) throw new Refusal(400, $"{request.NameOf(i)}: expected at most {limits.ExplainedWords} words in a text to explain, got {texts[i].Words.Count}");
        int all = texts.Sum(text => text.Words.Count);
        return all <= limits.ExplainedWordsInAll ? texts : throw new Refusal(400, $"texts: expected at most {limits.ExplainedWordsInAll} words in all texts to explain, got {all}");
    }
}
