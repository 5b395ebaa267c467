namespace MlNetRnn.Samples.LanguageModel;

/// <summary>The text of the demo: sources and guides of this repository, which the build copies next to the program.</summary>
internal static class RepositoryText
{
    private const double TrainingPart = 0.9;

    /// <summary>Returns the lines of all files, divided into a part for training and the rest.</summary>
    public static (string[] Training, string[] Validation) Read()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Text");
        // Sorted by name, files of different folders follow each other.
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .OrderBy(Path.GetFileName, StringComparer.OrdinalIgnoreCase).ThenBy(path => path, StringComparer.Ordinal);
        string[] lines = [.. files.SelectMany(path => new TextFile(path).Lines().Select(line => line.Text))];
        int training = (int)(TrainingPart * lines.Length);
        return (lines[..training], lines[training..]);
    }
}
