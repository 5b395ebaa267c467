namespace MlNetRnn.Evaluation;

/// <summary>Removes the endings of English words (Porter, 1980), by the rules of the paper.</summary>
internal static class PorterStemmer
{
    // A rule: an ending, what replaces it.
    private static readonly (string Ending, string Replacement)[] Plurals = [("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")];

    private static readonly (string Ending, string Replacement)[] DoubleSuffixes =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"),
        ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
        ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Ending, string Replacement)[] Suffixes =
    [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ];

    private static readonly (string Ending, string Replacement)[] LastSuffixes =
    [
        .. new[]
        {
            "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
        }.Select(ending => (ending, "")),
    ];

    /// <summary>Returns the stem of a word. Words of fewer than three letters, or with other characters than a to z, are returned as they are.</summary>
    public static string Stem(string word)
    {
        if (word.Length < 3 || !word.All(char.IsAsciiLetterLower)) return word;
        word = Replace(word, Plurals, _ => true);
        word = WithoutVerbEnding(word);
        if (word.EndsWith('y') && new PorterStem(word[..^1]).HasVowel) word = word[..^1] + "i";
        word = Replace(word, DoubleSuffixes, stem => stem.Measure > 0);
        word = Replace(word, Suffixes, stem => stem.Measure > 0);
        word = WithoutLastSuffix(word);
        return WithoutFinalLetter(word);
    }

    /// <summary>Removes -eed, -ed and -ing, and restores the end of the stem.</summary>
    private static string WithoutVerbEnding(string word)
    {
        if (word.EndsWith("eed", StringComparison.Ordinal)) return new PorterStem(word[..^3]).Measure > 0 ? word[..^1] : word;
        int length = word.EndsWith("ed", StringComparison.Ordinal) ? 2 : word.EndsWith("ing", StringComparison.Ordinal) ? 3 : 0;
        if (length == 0) return word;
        var stem = new PorterStem(word[..^length]);
        if (!stem.HasVowel) return word;
        if (stem.Text.EndsWith("at", StringComparison.Ordinal) || stem.Text.EndsWith("bl", StringComparison.Ordinal)
            || stem.Text.EndsWith("iz", StringComparison.Ordinal)) return stem.Text + "e";
        if (stem.EndsWithDoubleConsonant && stem.Text[^1] is not ('l' or 's' or 'z')) return stem.Text[..^1];
        return stem is { Measure: 1, EndsWithShortSyllable: true } ? stem.Text + "e" : stem.Text;
    }

    private static string WithoutLastSuffix(string word) => Replace(
        word, LastSuffixes, stem => stem.Measure > 1 && (!word.EndsWith("ion", StringComparison.Ordinal) || stem.Text[^1] is 's' or 't'));

    private static string WithoutFinalLetter(string word)
    {
        if (word.EndsWith('e') && new PorterStem(word[..^1]) is var stem && (stem.Measure > 1 || stem is { Measure: 1, EndsWithShortSyllable: false }))
            word = stem.Text;
        return word.EndsWith("ll", StringComparison.Ordinal) && new PorterStem(word).Measure > 1 ? word[..^1] : word;
    }

    /// <summary>Applies the rule with the longest ending of the word, if the stem before the ending fulfills the condition.</summary>
    private static string Replace(string word, (string Ending, string Replacement)[] rules, Func<PorterStem, bool> condition)
    {
        (string Ending, string Replacement)[] own = Array.FindAll(rules, rule => word.EndsWith(rule.Ending, StringComparison.Ordinal));
        if (own.Length == 0) return word;
        (string ending, string replacement) = own.MaxBy(rule => rule.Ending.Length);
        string stem = word[..^ending.Length];
        return condition(new PorterStem(stem)) ? stem + replacement : word;
    }
}
