namespace MlNetRnn.Accuracy.Translations;

/// <summary>Pairs in parts.</summary>
/// <param name="Train">The training pairs.</param>
/// <param name="Validation">The pairs that choose the best epoch.</param>
/// <param name="Test">The pairs that the models are measured on.</param>
internal sealed record TranslationSet(IReadOnlyList<Pair> Train, IReadOnlyList<Pair> Validation, IReadOnlyList<Pair> Test)
{
    /// <summary>Whether the texts are divided into tokens already, so that BLEU compares them as they are.</summary>
    public bool IsTokenized { get; init; }

    /// <summary>The options that are better for these pairs than those of the benchmark.</summary>
    public Func<RnnTranslationOptions, RnnTranslationOptions> Adapt { get; init; } = options => options;

    /// <summary>The pair of languages that has no training pairs, and the language that a pivot translation goes through; null for none.</summary>
    public (string Source, string Pivot, string Target)? ZeroShot { get; init; }
}

/// <summary>A pair.</summary>
internal sealed class Pair
{
    public string Source { get; set; } = "";

    public string Target { get; set; } = "";

    public string SourceLanguage { get; set; } = "";

    public string TargetLanguage { get; set; } = "";
}
