using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Hosting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Tasks;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn;

/// <summary>
/// Learns to tell the class of a text or token sequence with a recurrent network (lecture rows L3, L7–L9, L11, L19, L20).
/// Made by <c>mlContext.MulticlassClassification.Trainers.RnnTextClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Multiclass classification</description></item>
/// <item><term>Input</term><description><c>String</c>, or <c>Vector&lt;String&gt;</c> of tokens</description></item>
/// <item><term>Label</term><description>Key</description></item>
/// <item><term>Output</term><description>PredictedLabel (Key with the label's values), Score (<c>Vector&lt;Single&gt;</c>, probabilities)</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once and kept as integers</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training, MlNetRnn.Transforms for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
public sealed class RnnTextClassificationTrainer : IEstimator<RnnTransformer>
{
    private readonly IHost _host;
    private readonly RnnTextClassificationOptions _options;
    private readonly int _seed;

    internal RnnTextClassificationTrainer(IHostEnvironment environment, RnnTextClassificationOptions options)
    {
        OptionsValidation.Check(options, nameof(options));
        (_host, _options) = (environment.Register("RnnTextClassification"), options);
        // Drawn here and not in Fit: fitting twice gives the same model twice.
        _seed = options.Training.Seed ?? _host.Rand.Next();
    }

    /// <summary>The schema that <see cref="Fit"/>'s transformer will give, without data.</summary>
    /// <param name="inputSchema">The schema of the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label or the input column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SequenceKinds.Check(inputSchema, _options.InputColumnName);
        SchemaShape.Column label = LabelKeys.Check(inputSchema, _options.LabelColumnName);
        return inputSchema.With(ClassificationTask.Promised(label, _options.ScoreColumnName, _options.PredictedLabelColumnName));
    }

    /// <summary>Trains a network.</summary>
    /// <param name="input">The training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or the input column is missing or of the wrong type.</exception>
    /// <exception cref="InvalidOperationException">No row is usable, the loss is no longer finite, or no native libtorch is there.</exception>
    /// <exception cref="OperationCanceledException">The user stopped the training.</exception>
    public RnnTransformer Fit(IDataView input)
    {
        (DataViewSchema.Column sequences, SequenceKind kind) = SequenceKinds.Of(input.Schema, _options.InputColumnName);
        (DataViewSchema.Column label, int classes) = LabelKeys.Bind(input.Schema, _options.LabelColumnName);
        KeyValues? labels = KeyValues.Of(label);
        var reading = new SequenceReading
        {
            Kind = kind.Name,
            Tokenization = _options.Text.Tokenization,
            LowerCase = _options.Text.LowerCase,
            MaximumLength = _options.Text.MaximumLength,
        };

        using IChannel channel = _host.Start("Training");
        Func<ITokenIndex, ExampleSet>? validation = BindValidationSet(reading, classes, labels);
        var builder = new VocabularyBuilder();
        ExampleSet examples = ExampleReader.Read(input, sequences, label, reading, builder, Check);
        (int[] trainingRows, int[] heldOut) = TrainingData.Split(examples.Count, validation is null ? _options.Training.ValidationFraction : 0, new Seeds(_seed).HoldOut);
        Vocabulary vocabulary = builder.Build(examples.Sequences, trainingRows, _options.Text.MinimumCount, _options.Text.MaximumVocabularySize, out int[] numbers);
        examples.Sequences.Renumber(numbers);
        TrainingData data = validation is null
            ? new TrainingData(examples, trainingRows, examples, heldOut)
            : TrainingData.With(examples, validation(vocabulary));
        data.Report(channel);

        byte[] graph = Train(data, vocabulary.Count, classes, channel);
        var spec = new RnnModelSpec
        {
            InputColumn = _options.InputColumnName,
            Reading = reading,
            Task = new TaskSpec(ClassificationTask.TaskName, new Dictionary<string, string>
            {
                [ClassificationTask.Score] = _options.ScoreColumnName,
                [ClassificationTask.PredictedLabel] = _options.PredictedLabelColumnName,
            }, classes),
            // With the seed that was used, so that the model can be made again.
            Options = OptionsJson.Write(_options with { Training = _options.Training with { Seed = _seed } }),
        };
        return new RnnTransformer(new RnnModel(spec, graph, vocabulary, labels));
    }

    private byte[] Train(TrainingData data, int tokens, int classes, IChannel channel)
    {
        NativeTorch.EnsureLoaded();
        using TorchThreads threads = TorchThreads.For(_options.Training.Threads, _options.Network.Bidirectional);
        using var random = new torch.Generator(new Seeds(_seed).Weights);
        using var network = new ClassificationNetwork(_options.Network, tokens, classes, random, threads.Count);
        var task = new ClassificationTraining(network, data.Training, data.TrainingRows, data.Validation, data.ValidationRows);
        new TrainingLoop(task, _options.Training, _seed, channel, Check).Run();
        return network.Export(classes);
    }

    /// <summary>Checks the validation rows at once, before any work; they are read when the vocabulary is known.</summary>
    private Func<ITokenIndex, ExampleSet>? BindValidationSet(SequenceReading reading, int classes, KeyValues? labels)
    {
        if (_options.Training.ValidationSet is not { } rows) return null;
        DataViewSchema.Column sequences = SequenceKinds.BindValidation(rows.Schema, _options.InputColumnName, reading);
        DataViewSchema.Column label = LabelKeys.BindValidation(rows.Schema, _options.LabelColumnName, classes, labels);
        return vocabulary => ExampleReader.Read(rows, sequences, label, reading, vocabulary, Check);
    }

    private void Check()
    {
        _options.Training.CancellationToken.ThrowIfCancellationRequested();
        if (CatalogEnvironment.IsCanceled(_host)) throw new OperationCanceledException("Training was cancelled through the MLContext.");
    }
}
