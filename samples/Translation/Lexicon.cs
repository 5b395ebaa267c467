namespace MlNetRnn.Samples.Translation;

/// <summary>A noun in three languages.</summary>
/// <param name="En">English.</param>
/// <param name="Fr">French.</param>
/// <param name="IsFeminine">The gender in French.</param>
/// <param name="Nl">Dutch.</param>
/// <param name="IsNeuter">The gender in Dutch.</param>
internal sealed record Noun(string En, string Fr, bool IsFeminine, string Nl, bool IsNeuter);

/// <summary>An adjective that follows its noun in French.</summary>
/// <param name="En">English.</param>
/// <param name="Masculine">French, for a masculine noun.</param>
/// <param name="Feminine">French, for a feminine noun.</param>
/// <param name="Nl">Dutch, without an ending.</param>
/// <param name="NlInflected">Dutch, with its ending.</param>
internal sealed record Adjective(string En, string Masculine, string Feminine, string Nl, string NlInflected);

/// <summary>A verb in the third person.</summary>
/// <param name="En">English.</param>
/// <param name="Participle">The English participle.</param>
/// <param name="Fr">French.</param>
/// <param name="Nl">Dutch.</param>
internal sealed record Verb(string En, string Participle, string Fr, string Nl);

/// <summary>An adverb of time or place.</summary>
internal sealed record Adverb(string En, string Fr, string Nl);

/// <summary>The words of the small languages.</summary>
internal static class Lexicon
{
    public static readonly Noun[] Nouns =
    [
        new("dog", "chien", false, "hond", false), new("cat", "chat", false, "kat", false), new("horse", "cheval", false, "paard", true),
        new("boy", "garçon", false, "jongen", false), new("girl", "fille", true, "meisje", true), new("woman", "femme", true, "vrouw", false),
        new("cow", "vache", true, "koe", false), new("sheep", "mouton", false, "schaap", true),
    ];

    public static readonly Adjective[] Adjectives =
    [
        new("black", "noir", "noire", "zwart", "zwarte"), new("white", "blanc", "blanche", "wit", "witte"), new("brown", "brun", "brune", "bruin", "bruine"),
        new("tired", "fatigué", "fatiguée", "vermoeid", "vermoeide"), new("happy", "joyeux", "joyeuse", "vrolijk", "vrolijke"),
    ];

    public static readonly Verb[] Verbs =
    [
        new("sees", "seen", "voit", "ziet"), new("follows", "followed", "suit", "volgt"), new("calls", "called", "appelle", "roept"),
        new("finds", "found", "trouve", "vindt"), new("hears", "heard", "entend", "hoort"),
    ];

    public static readonly Adverb[] Adverbs = [new("today", "aujourd'hui", "vandaag"), new("now", "maintenant", "nu"), new("here", "ici", "hier")];
}
