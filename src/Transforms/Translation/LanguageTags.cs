namespace MlNetRnn.Translation;

/// <summary>
/// The languages of a row of a translation model. The encoder reads the tag of the target language before the source, unless each target language has a decoder
/// of its own.
/// </summary>
/// <param name="Spec">The languages of the model; null for a model of one pair.</param>
/// <param name="Symbols">The number of source symbols; tags have the numbers after them.</param>
internal sealed record LanguageTags(LanguageSpec? Spec, int Symbols)
{
    /// <summary>Returns the tag that the encoder reads; null for none.</summary>
    public int? TagOf(int target) => Spec is null || Spec.DecoderPerLanguage ? null : Symbols + target;

    /// <summary>Returns the text of a tag.</summary>
    public string TextOf(int symbol) => $"<2{Spec!.Targets[symbol - Symbols]}>";

    /// <summary>Returns the numbers of languages.</summary>
    /// <param name="source">The source language; null if it is not given.</param>
    /// <param name="target">The target language; null if it is not given.</param>
    /// <exception cref="ArgumentException">The model does not know a language, or needs one that is not given.</exception>
    public (int Source, int Target) NumbersOf(string? source, string? target)
    {
        if (Spec is null)
        {
            return (source ?? target) is { } given
                ? throw new ArgumentException($"Language: expected none for a model of one pair of languages, got '{given}'.")
                : default;
        }
        int from = !Spec.EncoderPerLanguage ? 0
            : source is null ? throw Missing("Source language", Spec.Sources)
            : LanguageColumns.NumberOf(source, Spec.Sources, "Source language");
        return (from, target is null ? throw Missing("Target language", Spec.Targets) : LanguageColumns.NumberOf(target, Spec.Targets, "Target language"));
    }

    private static ArgumentException Missing(string name, IReadOnlyList<string> known) =>
        new($"{name}: expected one of {string.Join(", ", known)}, got none. The model has several.");
}
