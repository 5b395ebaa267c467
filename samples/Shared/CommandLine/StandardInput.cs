
namespace MlNetRnn.Samples;

/// <summary>The lines of standard input: UTF-8 whatever the terminal's encoding is, each as soon as it arrives.</summary>
public static class StandardInput
{
    /// <summary>The name in messages.</summary>
    public const string Name = "standard input";

    /// <summary>Reads the lines.</summary>
    /// <exception cref="FormatException">A line is not UTF-8 text.</exception>
    public static IEnumerable<TextLine> Lines() => TextFile.ReadLines(Console.OpenStandardInput(), Name);
}
