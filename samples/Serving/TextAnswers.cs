namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /classify: a class or a number for each text, and the importance of its words.</summary>
internal static class TextAnswers
{
    /// <summary>Answers a request. The texts, and the texts without each word, are scored together, so that one model scores all of them.</summary>
    public static Reply Of(ClassifyRequest request, TextModel model)
    {
        IReadOnlyList<string> texts = request.All;
        LeaveOneOut[] explained = request.Explain ? [.. texts.Select(text => new LeaveOneOut(text))] : [];
        (IReadOnlyList<float[]> values, ModelCard card) = model.Predict([.. texts, .. explained.SelectMany(text => text.Variants)]);
        int next = texts.Count;
        IReadOnlyList<WordAnswer>? Words(int text)
        {
            if (!request.Explain) return null;
            int first = next, predicted = IndexOfMax(values[text]);
            next += explained[text].Words.Count;
            float Importance(int word) => values[text][predicted] - values[first + word][predicted];
            return [.. explained[text].Words.Select((word, i) => new WordAnswer(word.Text, word.Start, word.Length, Importance(i)))];
        }
        return new Reply(card.ShortVersion, [.. texts.Select((_, i) => Answer(values[i], card.Labels, Words(i)))]);
    }

    private static object Answer(float[] values, IReadOnlyList<string>? labels, IReadOnlyList<WordAnswer>? words)
    {
        if (labels is null) return new NumberAnswer(values[0], words);
        int best = IndexOfMax(values);
        return new ClassAnswer(labels[best], values[best], [.. labels.Zip(values, (label, probability) => new ClassProbability(label, probability))], words);
    }

    private static int IndexOfMax(float[] values) => Array.IndexOf(values, values.Max());
}
