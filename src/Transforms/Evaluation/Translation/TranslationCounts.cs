namespace MlNetRnn.Evaluation;

/// <summary>The sums of all metrics of translations.</summary>
/// <param name="options">The options.</param>
internal sealed class TranslationCounts(RnnTranslationEvaluationOptions options)
{
    private readonly BleuTokens _tokens = new(options);
    private int _least = int.MaxValue, _most;

    public BleuCounts Bleu { get; } = new();

    public ChrFCounts ChrF { get; } = new();

    public long Rows { get; private set; }

    public long EqualRows { get; private set; }

    public long Tokens { get; private set; }

    public long EqualTokens { get; private set; }

    /// <summary>The number of references of a row; "var" if it varies.</summary>
    public string References => _least >= _most ? FormattableString.Invariant($"{Math.Max(1, _most)}") : "var";

    /// <summary>Adds a row.</summary>
    /// <param name="translation">The translation.</param>
    /// <param name="references">The references, at least one.</param>
    public void Add(string translation, IReadOnlyList<string> references)
    {
        string[] own = _tokens.Of(translation);
        string[][] others = [.. references.Select(_tokens.Of)];
        Bleu.Add(own, others);
        ChrF.Add(Cased(translation), [.. references.Select(Cased)]);
        (int Equal, int All) best = others.Select(other => Compare(own, other)).MaxBy(pair => pair.All == 0 ? 1 : (double)pair.Equal / pair.All);
        (EqualTokens, Tokens) = (EqualTokens + best.Equal, Tokens + best.All);
        Rows++;
        if (best.Equal == best.All) EqualRows++;
        (_least, _most) = (Math.Min(_least, references.Count), Math.Max(_most, references.Count));
    }

    private string Cased(string text) => options.LowerCase ? text.ToLowerInvariant() : text;

    private static (int Equal, int All) Compare(string[] own, string[] other) =>
        (own.Zip(other).Count(pair => pair.First == pair.Second), Math.Max(own.Length, other.Length));
}
