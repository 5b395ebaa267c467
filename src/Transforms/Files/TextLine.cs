namespace MlNetRnn;

/// <summary>A line of a text file.</summary>
/// <param name="Number">The number of the line, from 1.</param>
/// <param name="Text">The line without its line end and without a byte-order mark.</param>
/// <param name="End">The line end; empty if the file ends without one.</param>
public readonly record struct TextLine(int Number, string Text, string End)
{
    /// <summary>Whether the line is the first one and the text begins with a byte-order mark, which <see cref="Text"/> does not include.</summary>
    public bool HasByteOrderMark { get; init; }

    /// <summary>Returns whether a line contains only blanks and tabs.</summary>
    public static bool IsBlank(ReadOnlySpan<char> line) => line.Trim(" \t").IsEmpty;

    /// <summary>Returns the number of the line, from 1, and its text.</summary>
    public void Deconstruct(out int number, out string text) => (number, text) = (Number, Text);
}
