using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The options for training, validation and test files: each may be given several times, or with several files.</summary>
public static class InputFiles
{
    public static Option<FileInfo[]> Option(string name, string description, bool isRequired = false) => new(name)
    {
        Description = $"{description} Several files are read one after another.",
        Required = isRequired,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Returns the paths as given; none if the option was not given.</summary>
    public static string[] Of(ParseResult result, Option<FileInfo[]> option) => [.. (result.GetValue(option) ?? []).Select(file => file.ToString())];

    /// <summary>Returns paths as text for a message.</summary>
    public static string InWords(IReadOnlyCollection<string> paths) => string.Join(", ", paths);
}
