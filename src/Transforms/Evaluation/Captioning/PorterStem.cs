namespace MlNetRnn.Evaluation;

/// <summary>A part of a word, with the properties that the rules of Porter (1980) read.</summary>
/// <param name="Text">The letters, a to z.</param>
internal readonly record struct PorterStem(string Text)
{
    /// <summary>The measure m of the paper: the number of times that a consonant follows a vowel.</summary>
    public int Measure
    {
        get
        {
            int measure = 0;
            for (int i = 1; i < Text.Length; i++)
                if (IsVowel(i - 1) && !IsVowel(i)) measure++;
            return measure;
        }
    }

    public bool HasVowel => Enumerable.Range(0, Text.Length).Any(IsVowel);

    public bool EndsWithDoubleConsonant => Text.Length > 1 && Text[^1] == Text[^2] && !IsVowel(Text.Length - 1);

    /// <summary>Whether the end is a consonant, a vowel and a consonant other than w, x and y (*o of the paper).</summary>
    public bool EndsWithShortSyllable => Text.Length > 2 && !IsVowel(Text.Length - 3) && IsVowel(Text.Length - 2)
        && !IsVowel(Text.Length - 1) && Text[^1] is not ('w' or 'x' or 'y');

    /// <summary>Returns whether a letter is a vowel. A y is one after a consonant.</summary>
    private bool IsVowel(int index)
    {
        // The letters of a run of y alternate, so that a loop finds the kind of the last one.
        bool isVowel = false;
        int start = index;
        while (start > 0 && Text[start] == 'y') start--;
        for (int i = start; i <= index; i++) isVowel = Text[i] is 'a' or 'e' or 'i' or 'o' or 'u' || (Text[i] == 'y' && i > 0 && !isVowel);
        return isVowel;
    }
}
