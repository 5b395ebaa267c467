namespace MlNetRnn.Samples.Translation;

/// <summary>A noun with its article, and perhaps an adjective.</summary>
/// <param name="Noun">The noun.</param>
/// <param name="IsDefinite">Whether the article is definite.</param>
/// <param name="Adjective">The adjective; <see langword="null"/> for none.</param>
internal sealed record Phrase(Noun Noun, bool IsDefinite, Adjective? Adjective)
{
    public string En => Join(IsDefinite ? "the" : "a", Adjective?.En, Noun.En);

    /// <summary>French: the adjective follows the noun, and agrees with its gender.</summary>
    public string Fr
    {
        get
        {
            (string definite, string indefinite) = Noun.IsFeminine ? ("la", "une") : ("le", "un");
            return Join(IsDefinite ? definite : indefinite, Noun.Fr, Noun.IsFeminine ? Adjective?.Feminine : Adjective?.Masculine);
        }
    }

    /// <summary>Dutch: the adjective has an ending, except for a neuter noun with an indefinite article.</summary>
    public string Nl => Join(
        !IsDefinite ? "een" : Noun.IsNeuter ? "het" : "de", Noun.IsNeuter && !IsDefinite ? Adjective?.Nl : Adjective?.NlInflected, Noun.Nl);

    internal static string Join(params string?[] words) => string.Join(' ', words.Where(word => word is not null));
}
