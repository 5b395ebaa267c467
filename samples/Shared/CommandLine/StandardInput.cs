
namespace MlNetRnn.Samples;

/// <summary>The lines of standard input: UTF-8 whatever the terminal's encoding is, each as soon as it arrives.</summary>
internal static class StandardInput
{
    public const string Name = "standard input";

    /// <exception cref="FormatException">A line is not UTF-8 text.</exception>
    public static IEnumerable<TextLine> Lines() => TextFile.ReadLines(Console.OpenStandardInput(), Name);
}
