using System.CommandLine;
using Microsoft.ML;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options for the files of pairs.</summary>
internal sealed class PairOptions
{
    private readonly PartOptions _train = new("train", "The training pairs."),
        _validation = new("validation", "The pairs that select the best epoch. Default: a tenth of the training pairs."),
        _test = new("test", "The pairs that are translated to measure the model. Default: the validation pairs.");

    private readonly Option<int> _source = new("--source-column")
    {
        Description = "The column of the source texts in files of pairs, from 0.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _target = new("--target-column")
    {
        Description = "The column of the target texts in files of pairs, from 0.",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int?> _sourceLanguage = new("--source-language-column")
    {
        Description = "The column of the language of each source, from 0, for a model of several languages. Default: one pair of languages.",
    };

    private readonly Option<int?> _targetLanguage = new("--target-language-column")
    {
        Description = "The column of the language of each target, from 0, for a model of several languages. Default: one pair of languages.",
    };

    private readonly Option<bool> _lowerCase = new("--lower-case") { Description = "Makes all texts lowercase, in training and later in the saved model." };

    public Option[] All =>
    [
        .. _train.All, .. _validation.All, .. _test.All, _source, _target, _sourceLanguage, _targetLanguage, _lowerCase,
    ];

    public bool IsLowerCase(ParseResult result) => result.GetValue(_lowerCase);

    /// <summary>Returns the numbers of the columns.</summary>
    /// <exception cref="FileException">The columns are not possible.</exception>
    public PairTableColumns Columns(ParseResult result)
    {
        var columns = new PairTableColumns(
            result.GetValue(_source), result.GetValue(_target), result.GetValue(_sourceLanguage), result.GetValue(_targetLanguage));
        foreach ((Option option, int? column) in new (Option, int?)[]
        {
            (_source, columns.Source), (_target, columns.Target), (_sourceLanguage, columns.SourceLanguage), (_targetLanguage, columns.TargetLanguage),
        })
            if (column < 0) throw new FileException($"{option.Name}: expected a column from 0, got {column}.");
        if (columns.Source == columns.Target)
            throw new FileException($"--target-column: expected another column than --source-column, got {columns.Target} for both.");
        if (columns is { SourceLanguage: not null, TargetLanguage: null })
            throw new FileException("--target-language-column: expected a column, because --source-language-column is given, got none.");
        return columns;
    }

    /// <summary>Reads the files.</summary>
    /// <exception cref="FileException">A file is missing or cannot be used.</exception>
    public PairData Read(MLContext ml, ParseResult result)
    {
        PairTableColumns columns = Columns(result);
        PairFile train = _train.Open(result, columns) ?? throw new FileException(
            "--train: expected a file of pairs, or two files (--train-source and --train-target), got none.");
        return PairData.Read(ml, train, _validation.Open(result, columns), _test.Open(result, columns), IsLowerCase(result));
    }
}
