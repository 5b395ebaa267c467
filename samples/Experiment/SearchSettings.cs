using System.CommandLine;
using System.CommandLine.Parsing;
using MlNetRnn.Samples.SequenceTagging;
using MlNetRnn.Samples.TextClassification;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The options of the command line.</summary>
internal sealed class SearchSettings
{
    /// <summary>Its name, in messages too.</summary>
    public const string Program = "Experiment";

    public const string Classification = "classification", Tagging = "tagging";

    private const int DefaultSeconds = 60, DefaultParallel = 2;

    private readonly Option<int> _seconds = AtLeastOne("--seconds", $"How long the search may take, time before a restart from a checkpoint included; {DefaultSeconds} if neither this nor --trials is given.");
    private readonly Option<int> _trials = AtLeastOne("--trials", "At most so many trials.");
    private readonly Option<int> _parallel = AtLeastOne("--parallel", "So many trials at once; they share the cores. Another number is another experiment, and needs another --checkpoint.");
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of everything random.", DefaultValueFactory = _ => 1 };
    private readonly Option<DirectoryInfo?> _checkpoint = new("--checkpoint") { Description = "A folder that every finished trial is written to; the same experiment with the same folder goes on where it was killed." };
    private readonly Option<FileInfo?> _report = new("--report") { Description = "Where the trials go as a page with pictures (.html), anew after each trial." };
    private readonly Option<string?> _format = new("--format") { Description = $"With --task {Classification}: {TableOptions.FormatDescription} With --task {Tagging}, where it must be given: {TaggedOptions.FormatDescription}" };

    public SearchSettings()
    {
        Table = new TableOptions(_format);
        Task.AcceptOnlyFromAmong(Classification, Tagging);
        _format.AcceptOnlyFromAmong([.. TableOptions.Formats, .. TaggedFormat.Names]);
        // On two cores a minute holds half as many trials again as one after another: networks as small as these keep no more than one core busy.
        _parallel.DefaultValueFactory = _ => DefaultParallel;
    }

    public Option<FileInfo?> Train { get; } = new("--train") { Description = "The file to learn from. If not given: the messages in samples/Data, and no other option for files." };

    public Option<FileInfo?> Validation { get; } = new("--validation") { Description = "Rows to choose the best trial by, and in each its best epoch; a tenth of the training rows if not given." };

    public Option<FileInfo?> Test { get; } = new("--test") { Description = "Rows to measure the best model on when the search is over." };

    public Option<string> Task { get; } = new("--task") { Description = "What is learned: a label for a text, or a tag for each step of a sequence.", DefaultValueFactory = _ => Classification };

    public Option<FileInfo?> Model { get; } = new("--model") { Description = "Where the best model goes, to be loaded with ML.Model.Load or `predict`." };

    public TableOptions Table { get; }

    public TaggedOptions Tagged { get; } = new();

    public IEnumerable<Option> All => [.. OfFiles[..3], Task, .. OfFiles[3..], _seconds, _trials, _parallel, _seed, _checkpoint, _report, Model];

    private Option[] OfFiles => [Train, Validation, Test, _format, Table.HasHeader, Table.TextColumn, Table.LabelColumn, Tagged.TokenColumn, Tagged.TagColumn];

    public int Seed(ParseResult result) => result.GetValue(_seed);

    public SearchLimits Limits(ParseResult result) => new()
    {
        Seconds = Given(result, _seconds) ?? (Given(result, _trials) is null ? DefaultSeconds : null),
        Trials = Given(result, _trials),
        Parallel = result.GetValue(_parallel),
        Seed = Seed(result),
        Checkpoint = result.GetValue(_checkpoint)?.FullName,
        Report = result.GetValue(_report),
    };

    /// <exception cref="FileException">The format is none of the task's.</exception>
    public string? FormatOf(ParseResult result, string[] formats)
    {
        string? format = result.GetValue(_format);
        return format is null || formats.Contains(format) ? format : throw new FileException($"--format: expected one of {string.Join(", ", formats)} with --task {result.GetValue(Task)}, got {format}");
    }

    /// <summary>Models and pages of files of one's own go where each is told to.</summary>
    /// <exception cref="FileException">A folder is given.</exception>
    public static void ExpectNoFolder(ParseResult result)
    {
        if (result.GetResult("--output") is OptionResult { Implicit: false }) throw new FileException("--output: expected it without --train, got both; say --model FILE and --report FILE");
    }

    /// <summary>Built-in data leaves nothing to say about files.</summary>
    /// <exception cref="FileException">Something is said.</exception>
    public void ExpectNoFiles(ParseResult result)
    {
        if (new Option[] { Task }.Concat(OfFiles).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
            throw new FileException($"{given.Name}: expected --train FILE with it, got none");
    }

    private static int? Given(ParseResult result, Option<int> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    private static Option<int> AtLeastOne(string name, string description)
    {
        var option = new Option<int>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1) result.AddError($"{name}: expected 1 or more, got {number}");
        });
        return option;
    }
}
