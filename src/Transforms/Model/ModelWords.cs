using MlNetRnn.Sequences;

namespace MlNetRnn.Model;

/// <summary>The vocabularies of a model: the tokens of the main column and of the additional columns, and the characters of tokens.</summary>
/// <param name="Main">The tokens of the main column; empty if its steps are frames.</param>
/// <param name="Additional">The tokens of each additional column; empty if its steps are frames.</param>
/// <param name="Characters">The characters of tokens; null if the model does not use them.</param>
internal sealed record ModelWords(Vocabulary Main, IReadOnlyList<Vocabulary> Additional, CharacterIndex? Characters)
{
    private const string MainPart = "Vocabulary.json", CharactersPart = "Characters.json";

    /// <summary>Returns the parts of a model file that hold the vocabularies.</summary>
    public IEnumerable<(string Name, byte[] Content)> ToParts()
    {
        yield return (MainPart, Main.ToJson());
        for (int i = 0; i < Additional.Count; i++) yield return (AdditionalPart(i), Additional[i].ToJson());
        if (Characters is not null) yield return (CharactersPart, Characters.Characters.ToJson());
    }

    /// <summary>Reads the vocabularies from the parts of a model file.</summary>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static ModelWords FromParts(Func<string, byte[]> part, int additional, bool hasCharacters) => new(
        Vocabulary.FromJson(part(MainPart)),
        [.. Enumerable.Range(0, additional).Select(i => Vocabulary.FromJson(part(AdditionalPart(i))))],
        hasCharacters ? new CharacterIndex(Vocabulary.FromJson(part(CharactersPart))) : null);

    private static string AdditionalPart(int index) => FormattableString.Invariant($"Vocabulary.{index + 1}.json");
}
