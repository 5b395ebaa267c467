using System.CommandLine;
using System.CommandLine.Parsing;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The options of the command line.</summary>
internal sealed class SearchSettings
{
    /// <summary>The name of the program, in messages too.</summary>
    public const string Program = "Experiment";

    public const string Classification = "classification", Tagging = "tagging";

    private const int DefaultSeconds = 60, DefaultParallel = 2;

    private readonly Option<int> _seconds = AtLeastOne(
        "--seconds",
        $"Maximum duration of the search in seconds, including the time before a restart from a checkpoint. Default: {DefaultSeconds}, "
            + "or no limit with --trials.");
    private readonly Option<int> _trials = AtLeastOne("--trials", "Maximum number of trials. Default: no limit.");
    private readonly Option<int> _parallel = AtLeastOne(
        "--parallel", "Number of trials at once; they share the cores. A different number is a different experiment and needs its own --checkpoint.");

    private readonly Option<int> _seed = new("--seed") { Description = "Seed of all random numbers.", DefaultValueFactory = _ => 1 };
    private readonly Option<DirectoryInfo?> _checkpoint = new("--checkpoint")
    {
        Description = "A folder for completed trials: an interrupted experiment continues if it is started again with the same folder. Default: none.",
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = $"With --task {Classification}: {TableOptions.FormatDescription} With --task {Tagging}: {TaggedOptions.FormatDescription}",
    };

    public SearchSettings()
    {
        Table = new TableOptions(_format);
        Task.AcceptOnlyFromAmong(Classification, Tagging);
        Table.AcceptOnlyKnownValues();
        _format.AcceptOnlyFromAmong([.. TableOptions.Formats, .. TaggedFormat.Names]);
        // On two cores, two trials at once complete 1.5 times as many trials per minute: such small networks keep one core busy.
        _parallel.DefaultValueFactory = _ => DefaultParallel;
    }

    public Option<FileInfo[]> Train { get; } = InputFiles.Option(
        "--train", "The training file. Default: the messages in samples/Data; then no other option for files is allowed.");

    public Option<FileInfo[]> Validation { get; } = InputFiles.Option(
        "--validation", "The file of held-out rows, which determine the best trial, and the best epoch of each. Default: a tenth of the training rows.");

    public Option<FileInfo[]> Test { get; } = InputFiles.Option(
        "--test", "The file of test rows, on which the best model is measured after the search; a metric that is not defined on them is printed as n/a. "
            + "Default: none.");

    public Option<string> Task { get; } = new("--task")
    {
        Description = "classification: a label for each text; tagging: a tag for each step of a sequence.",
        DefaultValueFactory = _ => Classification,
    };

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the best model, which ML.Model.Load and `predict` load. Default: the model is not saved.",
    };

    public Option<FileInfo?> Report { get; } = new("--report")
    {
        Description = "A file for a page with all trials and charts (.html), rewritten during the search. Default: not written.",
    };

    public TableOptions Table { get; }

    public TaggedOptions Tagged { get; } = new();

    public IEnumerable<Option> All => [.. OfFiles[..3], Task, .. OfFiles[3..], _seconds, _trials, _parallel, _seed, _checkpoint, Report, Model];

    private Option[] OfFiles => [Train, Validation, Test, .. Table.All, .. Tagged.All];

    public int Seed(ParseResult result) => result.GetValue(_seed);

    public ExperimentSettings Of(ParseResult result) => new()
    {
        MaxExperimentTimeInSeconds = (uint?)(Given(result, _seconds) ?? (Given(result, _trials) is null ? DefaultSeconds : null)),
        MaxModels = Given(result, _trials),
        ParallelTrials = result.GetValue(_parallel),
        Seed = Seed(result),
        CheckpointFolder = result.GetValue(_checkpoint)?.FullName,
        ReportFile = result.GetValue(Report)?.FullName,
    };

    /// <exception cref="FileException">The format does not belong to the task.</exception>
    public string? FormatOf(ParseResult result, string[] formats)
    {
        string? format = result.GetValue(_format);
        return format is null || formats.Contains(format)
            ? format
            : throw new FileException($"--format: expected one of {string.Join(", ", formats)} with --task {result.GetValue(Task)}, "
                + $"got {format}. Change one of them.");
    }

    /// <summary>Checks that no option of the other task is given: options for tables have no effect on taggers, and vice versa.</summary>
    /// <exception cref="FileException">Such an option is given.</exception>
    public void ExpectNoOptionsOfOtherTask(ParseResult result)
    {
        bool isTagging = result.GetValue(Task) == Tagging;
        Option? given = (isTagging ? Table.All.Where(option => option != _format) : Tagged.All)
            .FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (given is not null)
            throw new FileException($"{given.Name}: expected with --task {(isTagging ? Classification : Tagging)} only, got --task {result.GetValue(Task)}. "
                + "Leave it out.");
    }

    /// <summary>Checks that --output is not given: for the user's own files, --model and --report name the files that are written.</summary>
    /// <exception cref="FileException">A folder is given.</exception>
    public static void ExpectNoFolder(ParseResult result)
    {
        if (result.GetResult("--output") is OptionResult { Implicit: false })
            throw new FileException("--output: expected without --train, got both. Give --model FILE and --report FILE instead.");
    }

    /// <summary>Checks that no option for files is given without files.</summary>
    /// <exception cref="FileException">Such an option is given without --train.</exception>
    public void ExpectNoFiles(ParseResult result)
    {
        if (new Option[] { Task }.Concat(OfFiles).FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } given)
            throw new FileException($"{given.Name}: expected together with --train FILE, got no --train. Give --train, or leave it out.");
    }

    private static int? Given(ParseResult result, Option<int> option) => result.GetResult(option) is null ? null : result.GetValue(option);

    private static Option<int> AtLeastOne(string name, string description)
    {
        var option = new Option<int>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int number) && number < 1)
                result.AddError($"{name}: expected 1 or more, got {number}.");
        });
        return option;
    }
}
