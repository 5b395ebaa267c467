using Microsoft.ML.Data;

namespace MlNetRnn.Accuracy.Tagging;

/// <summary>One step, as a linear model reads it.</summary>
internal sealed class WindowStep
{
    public string[] Words { get; set; } = [];

    public float[] Frame { get; set; } = [];

    public string Tag { get; set; } = "";
}

/// <summary>
/// The features of a classic tagger (Ratnaparkhi, 1996; Sha and Pereira, 2003): the word, its prefixes, suffixes and shape, and the neighboring words with
/// their suffixes and shapes; parts of speech if the data has them. For frames, the feature is the frame.
/// </summary>
internal static class WindowFeatures
{
    public static SchemaDefinition Schema(int frameSize)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(WindowStep));
        if (frameSize > 0) schema[nameof(WindowStep.Frame)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, frameSize);
        return schema;
    }

    public static IEnumerable<WindowStep> Of(Sentence sentence)
    {
        int frameSize = sentence.Frames.Length / sentence.Label.Length;
        for (int t = 0; t < sentence.Label.Length; t++)
        {
            yield return new WindowStep
            {
                Tag = sentence.Label[t],
                Words = frameSize > 0 ? [] : [.. Words(sentence, t)],
                Frame = sentence.Frames[(t * frameSize)..((t + 1) * frameSize)],
            };
        }
    }

    private static IEnumerable<string> Words(Sentence sentence, int t)
    {
        string word = sentence.Tokens[t], lower = word.ToLowerInvariant();
        yield return "w=" + lower;
        yield return "W=" + word;
        yield return "s=" + Shape(word);
        for (int n = 1; n <= Math.Min(4, lower.Length); n++)
        {
            yield return $"p{n}=" + lower[..n];
            yield return $"e{n}=" + lower[^n..];
        }
        foreach (int shift in new[] { -2, -1, 1, 2 })
        {
            int at = t + shift;
            bool isInside = at >= 0 && at < sentence.Tokens.Length;
            yield return $"w{shift}=" + (isInside ? sentence.Tokens[at].ToLowerInvariant() : "");
            if (!isInside || Math.Abs(shift) > 1) continue;
            yield return $"s{shift}=" + Shape(sentence.Tokens[at]);
            yield return $"e{shift}=" + sentence.Tokens[at][^Math.Min(3, sentence.Tokens[at].Length)..].ToLowerInvariant();
        }
        if (t > 0) yield return "w-1w=" + sentence.Tokens[t - 1].ToLowerInvariant() + " " + lower;
        if (t + 1 < sentence.Tokens.Length) yield return "ww1=" + lower + " " + sentence.Tokens[t + 1].ToLowerInvariant();
        foreach (int shift in sentence.Pos.Length > 0 ? new[] { -2, -1, 0, 1, 2 } : [])
            yield return $"t{shift}=" + (t + shift >= 0 && t + shift < sentence.Pos.Length ? sentence.Pos[t + shift] : "");
    }

    /// <summary>Returns the shape of a word: "McDonald's-1" → "XxXx'x-d".</summary>
    private static string Shape(string word)
    {
        var shape = new System.Text.StringBuilder();
        foreach (char c in word)
        {
            char kind = char.IsUpper(c) ? 'X' : char.IsLetter(c) ? 'x' : char.IsDigit(c) ? 'd' : c;
            if (shape.Length == 0 || shape[^1] != kind) shape.Append(kind);
        }
        return shape.ToString();
    }
}
