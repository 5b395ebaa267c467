using System.CommandLine;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options for the pairs of one purpose: a file of pairs, or two files.</summary>
/// <param name="name">The purpose: train, validation, test.</param>
/// <param name="description">The description in the help.</param>
internal sealed class PartOptions(string name, string description)
{
    private readonly Option<FileInfo?> _pairs = new($"--{name}")
    {
        Description = $"{description} A UTF-8 file with a pair in each line: columns separated by tabs. Each file may be compressed with gzip.",
    };

    private readonly Option<FileInfo?> _source = new($"--{name}-source")
    {
        Description = $"Instead of --{name}: a file with a source in each line, together with --{name}-target.",
    };

    private readonly Option<FileInfo?> _target = new($"--{name}-target")
    {
        Description = $"The translation of each line of --{name}-source.",
    };

    public Option[] All => [_pairs, _source, _target];

    /// <summary>Returns the pairs; <see langword="null"/> if none are given.</summary>
    /// <exception cref="FileException">The options contradict each other.</exception>
    public PairFile? Open(ParseResult result, PairTableColumns columns)
    {
        (FileInfo? pairs, FileInfo? source, FileInfo? target) = (result.GetValue(_pairs), result.GetValue(_source), result.GetValue(_target));
        if (pairs is not null && (source ?? target) is not null)
            throw new FileException($"--{name}: expected either --{name}, or --{name}-source and --{name}-target, got both. Leave one out.");
        if (pairs is not null) return new PairTable(pairs.ToString(), columns);
        if (source is null && target is null) return null;
        if (source is null || target is null)
        {
            (string given, string missing) = source is null ? ("target", "source") : ("source", "target");
            throw new FileException($"--{name}-{missing}: expected a file, because --{name}-{given} is given, got none.");
        }
        return columns.TargetLanguage is null
            ? new ParallelFiles(source.ToString(), target.ToString())
            : throw new FileException(
                $"--{name}-source: expected --{name} with a column of languages, because --target-language-column is given, got two files.");
    }
}
