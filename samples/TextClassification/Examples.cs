using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>A trained model.</summary>
/// <param name="Rnn">The network.</param>
/// <param name="Chain">From text to answer: what is saved. It needs no label.</param>
/// <param name="InputSchema">What the chain reads.</param>
internal sealed record Learned(RnnTransformer Rnn, ITransformer Chain, DataViewSchema InputSchema);

/// <summary>The user's rows, and how they are learned.</summary>
internal sealed class Examples
{
    /// <summary>The column in which a saved model says its answer.</summary>
    public const string Answer = "Answer";

    private static readonly string[] SaysTrue = ["true", "1", "yes", "y", "pos", "positive", "spam"], SaysFalse = ["false", "0", "no", "n", "neg", "negative", "ham", "-1"];
    private readonly MLContext _ml;
    private readonly TextTask _task;
    private readonly string[] _falseAndTrue;

    private Examples(MLContext ml, TextTask task, IDataView train, IDataView validation, IDataView test, string[] falseAndTrue) =>
        (_ml, _task, Train, Validation, Test, _falseAndTrue) = (ml, task, train, validation, test, falseAndTrue);

    public IDataView Train { get; }

    public IDataView Validation { get; }

    /// <summary>The rows to measure on.</summary>
    public IDataView Test { get; }

    /// <exception cref="FileException">A line of a file cannot be used.</exception>
    public static Examples Read(MLContext ml, TextTask task, ExampleFile trainFile, ExampleFile? validationFile, ExampleFile? testFile)
    {
        // Every file is looked through once before anything is learned: a fault in its last line is told now.
        HashSet<string> labels = [.. Labels(trainFile)];
        string[] falseAndTrue = task == TextTask.Binary ? FalseAndTrue(labels, trainFile.Path) : [];
        foreach (ExampleFile? file in new[] { validationFile, testFile })
        {
            if (file is null) continue;
            string[] strangers = [.. Labels(file).Where(label => !labels.Contains(label))];
            if (strangers.Length == 0 || task == TextTask.Regression) continue;
            if (task == TextTask.Binary) throw new FileException($"{file.Path}: expected the labels {string.Join(" and ", falseAndTrue)} of {trainFile.Path}, got '{strangers[0]}'");
            Console.WriteLine($"warning: {file.Path}: {strangers.Length} rows have a label that {trainFile.Path} lacks ({string.Join(", ", strangers.Distinct().Take(5))}); {(file == testFile ? "each counts as a mistake in MicroAccuracy, the other metrics leave it out" : "they are left out")}");
        }

        IDataView View(ExampleFile file) => ml.Data.LoadFromEnumerable(file.Read().Select(example =>
        {
            example.IsTrue = falseAndTrue.Length > 0 && example.Label == falseAndTrue[1];
            return example;
        }));
        IDataView train = View(trainFile);
        if (validationFile is not null) return new Examples(ml, task, train, View(validationFile), View(testFile ?? validationFile), falseAndTrue);
        const int Least = 10;
        if (trainFile.Read().Take(Least).Count() < Least) throw new FileException($"{trainFile.Path}: expected at least {Least} rows with a label where no --validation is given, of which a tenth is held out");
        DataOperationsCatalog.TrainTestData split = ml.Data.TrainTestSplit(train, testFraction: 0.1, seed: 1);
        return new Examples(ml, task, split.TrainSet, split.TestSet, testFile is null ? split.TestSet : View(testFile), falseAndTrue);
    }

    /// <summary>All labels of a file; tells how many rows have none.</summary>
    private static string[] Labels(ExampleFile file)
    {
        string[] labels = [.. file.Read().Select(example => example.Label)];
        if (file.WithoutLabel > 0) Console.WriteLine($"warning: {file.Path}: left out {file.WithoutLabel} rows with an empty label");
        return labels;
    }

    public Learned Learn(RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training)
    {
        if (_task == TextTask.Binary)
        {
            var binary = new RnnBinaryTextClassificationOptions { LabelColumnName = nameof(Example.IsTrue), Network = network, Text = text, Training = training with { ValidationSet = Validation } };
            var names = new Dictionary<bool, string> { [false] = _falseAndTrue[0], [true] = _falseAndTrue[1] };
            return Finish(_ml.BinaryClassification.Trainers.RnnTextClassification(binary).Fit(Train), _ml.Transforms.Conversion.MapValue(Answer, names, "PredictedLabel"));
        }
        if (_task == TextTask.Regression)
        {
            var number = new RnnTextRegressionOptions { LabelColumnName = nameof(Example.Number), Network = network, Text = text, Training = training with { ValidationSet = Validation } };
            return Finish(_ml.Regression.Trainers.RnnTextRegression(number).Fit(Train), _ml.Transforms.CopyColumns(Answer, "Score"));
        }
        ITransformer keys = Keys();
        var classes = new RnnTextClassificationOptions { LabelColumnName = "Key", OrderedClasses = _task == TextTask.Ordinal, Network = network, Text = text, Training = training with { ValidationSet = keys.Transform(Validation) } };
        return Finish(_ml.MulticlassClassification.Trainers.RnnTextClassification(classes).Fit(keys.Transform(Train)), _ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel"));
    }

    /// <summary>The label as a key: of the values in their order where they are numbers.</summary>
    public ITransformer Keys() => _ml.Transforms.Conversion.MapValueToKey("Key", _task == TextTask.Ordinal ? nameof(Example.Number) : nameof(Example.Label), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(Train);

    private Learned Finish(RnnTransformer rnn, IEstimator<ITransformer> answer)
    {
        IDataView texts = _ml.Data.LoadFromEnumerable<TextToScore>([]);
        return new Learned(rnn, new TransformerChain<ITransformer>(rnn, answer.Fit(rnn.Transform(texts))), texts.Schema);
    }

    private static string[] FalseAndTrue(HashSet<string> labels, string path)
    {
        string[] values = [.. labels.Order(StringComparer.Ordinal)];
        if (values.Length != 2) throw new FileException($"{path}: expected two different labels (--task binary), got {values.Length} ({string.Join(", ", values.Take(5))})");
        bool turn = SaysTrue.Contains(values[0].ToLowerInvariant()) || SaysFalse.Contains(values[1].ToLowerInvariant());
        string[] ordered = turn ? [values[1], values[0]] : values;
        Console.WriteLine($"'{ordered[1]}' counts as true, '{ordered[0]}' as false.");
        return ordered;
    }
}

/// <summary>What a saved model reads.</summary>
internal sealed class TextToScore
{
    public string Text { get; set; } = "";
}
