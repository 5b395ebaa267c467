using MlNetRnn.Sequences;


namespace MlNetRnn.Model;

/// <summary>All that a model knows by name: the tokens of its main column, those of the additional ones, and characters.</summary>
/// <param name="Main">The tokens of the main column; empty where its steps are frames.</param>
/// <param name="Additional">The tokens of each additional column; empty where its steps are numbers.</param>
/// <param name="Characters">The characters of tokens; null where the model does not look at them.</param>
internal sealed record ModelWords(Vocabulary Main, IReadOnlyList<Vocabulary> Additional, CharacterIndex? Characters)
{
    private const string MainPart = "Vocabulary.json", CharactersPart = "Characters.json";

    /// <summary>As parts of a model file.</summary>
    public IEnumerable<(string Name, byte[] Content)> ToParts()
    {
        yield return (MainPart, Main.ToJson());
        for (int i = 0; i < Additional.Count; i++) yield return (AdditionalPart(i), Additional[i].ToJson());
        if (Characters is not null) yield return (CharactersPart, Characters.Characters.ToJson());
    }

    /// <exception cref="FormatException">A part is missing or does not hold what it should.</exception>
    public static ModelWords FromParts(Func<string, byte[]> part, int additional, bool hasCharacters) => new(
        Vocabulary.FromJson(part(MainPart)),
        [.. Enumerable.Range(0, additional).Select(i => Vocabulary.FromJson(part(AdditionalPart(i))))],
        hasCharacters ? new CharacterIndex(Vocabulary.FromJson(part(CharactersPart))) : null);

    private static string AdditionalPart(int index) => FormattableString.Invariant($"Vocabulary.{index + 1}.json");
}
