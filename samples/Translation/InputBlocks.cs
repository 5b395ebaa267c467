namespace MlNetRnn.Samples.Translation;

/// <summary>Standard input in blocks of lines, which a model reads together: faster than one by one, without the whole file in memory.</summary>
internal static class InputBlocks
{
    private const int Lines = 256;

    /// <summary>Reads the blocks. Lines that are typed come one by one.</summary>
    /// <exception cref="FormatException">A line is not UTF-8 text.</exception>
    public static IEnumerable<TextLine[]> Read() => StandardInput.Lines().Chunk(Console.IsInputRedirected ? Lines : 1);
}
