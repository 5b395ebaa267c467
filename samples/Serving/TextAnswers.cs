namespace MlNetRnn.Samples.Serving;

/// <summary>The answers to /classify: a class or a number for each text, and the importance of its words.</summary>
internal sealed class TextAnswers(TextModel model, ServiceLimits limits)
{
    /// <summary>Answers a request. The texts, and the texts without each word, are scored together, so that one model scores all of them.</summary>
    /// <exception cref="Refusal">The texts have too many words to explain.</exception>
    public Reply Answer(TextsRequest request)
    {
        LeaveOneOut[] explained = request.Explain ? Explained(request) : [];
        (IReadOnlyList<float[]> values, ModelCard card) = model.Predict([.. request.Texts, .. explained.SelectMany(text => text.Variants)]);
        int next = request.Texts.Count;
        IReadOnlyList<WordAnswer>? Words(int text)
        {
            if (!request.Explain) return null;
            int first = next, predicted = IndexOfMax(values[text]);
            next += explained[text].Words.Count;
            return [.. explained[text].Words.Select((word, i) => new WordAnswer(word.Text, word.Start, word.Length, values[text][predicted] - values[first + i][predicted]))];
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
