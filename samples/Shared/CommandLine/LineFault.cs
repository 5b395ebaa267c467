namespace MlNetRnn.Samples;

/// <summary>An error in a line of a file.</summary>
public static class LineFault
{
    /// <summary>Returns an exception with the name of the file, the number of the line and a remedy.</summary>
    public static FormatException Of(string name, int line, string expected, string got, string remedy) =>
        new($"{name}, line {line}: expected {expected}, got {got}. {remedy}.");
}
