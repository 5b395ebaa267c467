namespace MlNetRnn.Samples.Translation;

/// <summary>A sentence with the same meaning in three languages, whose words stand in a different order.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Object">The object.</param>
/// <param name="Adverb">The adverb; <see langword="null"/> for none.</param>
/// <param name="IsPassive">Whether the English sentence is passive. The other languages do not use the passive voice.</param>
internal sealed record Sentence(Phrase Subject, Verb Verb, Phrase Object, Adverb? Adverb, bool IsPassive)
{
    /// <summary>English: the adverb is the first word.</summary>
    public string En => IsPassive
        ? Phrase.Join(Adverb?.En, Object.En, "is", Verb.Participle, "by", Subject.En)
        : Phrase.Join(Adverb?.En, Subject.En, Verb.En, Object.En);

    /// <summary>French: the adverb is the last word.</summary>
    public string Fr => Phrase.Join(Subject.Fr, Verb.Fr, Object.Fr, Adverb?.Fr);

    /// <summary>Dutch: the verb is the second part of the sentence, before the subject if an adverb is the first one.</summary>
    public string Nl => Adverb is null ? Phrase.Join(Subject.Nl, Verb.Nl, Object.Nl) : Phrase.Join(Adverb.Nl, Verb.Nl, Subject.Nl, Object.Nl);

    /// <summary>Returns the sentence and its translation. English translations are active.</summary>
    /// <param name="from">The language of the source: en, fr or nl.</param>
    /// <param name="to">The language of the target.</param>
    public Pair ToPair(string from, string to) => new()
    {
        Source = In(from),
        Target = (this with { IsPassive = false }).In(to),
        SourceLanguage = from,
        TargetLanguage = to,
    };

    /// <summary>Returns a random sentence.</summary>
    public static Sentence Draw(Random random) => new(
        DrawPhrase(random), Of(Lexicon.Verbs, random), DrawPhrase(random), random.Next(2) == 0 ? null : Of(Lexicon.Adverbs, random), random.Next(3) == 0);

    private string In(string language) => language switch { "en" => En, "fr" => Fr, _ => Nl };

    private static Phrase DrawPhrase(Random random) =>
        new(Of(Lexicon.Nouns, random), random.Next(3) > 0, random.Next(2) == 0 ? null : Of(Lexicon.Adjectives, random));

    private static T Of<T>(T[] all, Random random) => all[random.Next(all.Length)];
}
