namespace MlNetRnn.Samples.Translation;

/// <summary>Warnings about a line of standard input, on standard error.</summary>
internal static class LineWarnings
{
    /// <summary>Warns if a source was truncated, or if its translation is not complete.</summary>
    /// <param name="line">The number of the line.</param>
    /// <param name="translation">The translation.</param>
    public static void Write(int line, RnnTranslation translation)
    {
        if (translation.IsSourceTruncated)
            Console.Error.WriteLine($"warning: line {line}: the text is longer than the model reads, so that its end was ignored. Divide the line");
        if (translation.End == RnnGenerationEnd.MaximumLength)
            Console.Error.WriteLine($"warning: line {line}: the translation reached its maximum length, so that its end is missing");
    }
}
