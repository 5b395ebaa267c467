using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Labels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>Fits a model to rows: reads them, builds the vocabularies, trains the network and assembles the model. All trainers share it.</summary>
/// <param name="host">Provides log, cancel flag and devices.</param>
/// <param name="options">The options of the trainer.</param>
/// <param name="target">The part that depends on the task.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="start">The model that training continues from; null for a new model.</param>
internal sealed class SequenceFitting(IHost host, RnnSequenceOptions options, FittingTarget target, int seed, RnnModel? start)
{
    private readonly InputPlan _inputs = new(options, target);

    public SchemaShape OutputSchema(SchemaShape input)
    {
        _inputs.Check(input);
        SchemaShape.Column label = target.Label.Check(input);
        if (options.ExampleWeightColumnName is { } weight) ExampleWeights.Check(input, weight);
        return input.With(target.OutputShape(label));
    }

    /// <param name="input">The training data.</param>
    /// <param name="supervisor">Chooses the training options; null for those of the trainer.</param>
    public RnnTransformer Fit(IDataView input, ITrainingSupervisor? supervisor)
    {
        if (supervisor is null) return FitWithOptions(input);
        string[] columns =
        [
            options.InputColumnName,
            options.LabelColumnName,
            .. target.AdditionalColumns.Select(column => column.ColumnName),
            .. options.ExampleWeightColumnName is { } weight ? [weight] : Array.Empty<string>(),
            .. options.Grid?.SizeColumn is { } size ? [size] : Array.Empty<string>(),
        ];
        return supervisor.Run(options.Training, input, columns, training =>
            new SequenceFitting(host, options.With(training), target, training.Seed ?? seed, start).FitWithOptions(input));
    }

    private RnnTransformer FitWithOptions(IDataView input)
    {
        var time = new TrainingTime(options.Training.MaximumTime, TimeProvider.System);
        (DataViewSchema.Column[] columns, ExampleReading reading) = _inputs.Bind(input.Schema, start?.Spec.Reading);
        BoundLabel label = target.Label.Bind(input.Schema, start?.Labels);
        CheckFiles();
        target.CheckClassWeights(label);
        if (start is not null && label.Texts is null) StartingModel.RefuseOther(start, reading.Inputs, label);

        using IChannel channel = host.Start("Training");
        BoundColumns? validation = BindValidationSet(reading, label);
        VocabularyBuilder[] builders = [.. reading.Inputs.Select(_ => new VocabularyBuilder())];
        ExampleSet examples = Read("training data", input, new BoundColumns(columns, label.Column, BindWeight(input.Schema)), label, reading, builders);
        if (examples.Count > 0)
        {
            label = target.Label.Complete(label);
            if (start is not null) StartingModel.RefuseOther(start, reading.Inputs, label);
        }
        double heldOutShare = validation is null ? options.Training.ValidationFraction : 0;
        (int[] trainingRows, int[] heldOut) = options.Training.Fold is { } fold
            ? TrainingData.SplitFold(examples.Count, fold.Index, fold.Count, new Seeds(fold.Seed).HoldOut)
            : TrainingData.Split(examples.Count, heldOutShare, new Seeds(seed).HoldOut);
        ModelWords words = TrainingWords.Build(options.Text, target.Characters is not null, builders, examples, trainingRows, start?.Words);
        // A model that training continues from holds its vectors; the file may no longer exist.
        WordVectors? vectors = start is null && options.Text.PretrainedVectors is { } file
            ? WordVectors.Read(file, options.Encoder.EmbeddingSize, reading.Inputs[0].Reading.LowerCase, words.Main, options.Text.MaximumVocabularySize)
            : null;
        if (vectors is not null) words = words with { Main = vectors.Vocabulary };
        TrainingData data = validation is null
            ? new TrainingData(examples, trainingRows, examples, heldOut)
            : TrainingData.With(
                examples, Read("validation set", options.Training.ValidationSet!, validation, label, reading, [words.Main, .. words.Additional]));
        data.Report(channel);
        DataAdvice.Report(options, data, target.Label.IsPerStep ? 0 : label.Classes, channel);
        if (options.Grid is { } grid)
        {
            string order = grid.ChannelsFirst ? "channel after channel" : "cell after cell";
            channel.Info(MessageSensitivity.None, FormattableString.Invariant($"'{options.InputColumnName}': {options.FrameSize} numbers per cell, {order}"));
        }
        vectors?.Report(channel, options.Text.PretrainedVectors!, words.Main.Words.Count);
        foreach (ExampleSet set in new[] { data.Training, data.Validation }.Distinct())
            if (words.Characters is { } characters) set.ReadCharacters(characters);
        data.Training.Weigh(data.TrainingRows, target.ClassWeights(label, data));
        return Train(data, words, vectors, reading, label, channel, time);
    }

    private RnnTransformer Train(
        TrainingData data, ModelWords words, WordVectors? vectors, ExampleReading reading, BoundLabel label, IChannel channel, TrainingTime time)
    {
        LibtorchLoader.EnsureLoaded(options.Training.SpinCount);
        using TorchThreads threads = TorchThreads.For(options.Training.Threads, SequenceEncoders.RunsOnOwnThreads(options.Encoder));
        using var random = new torch.Generator(new Seeds(seed).Weights);
        var parameters = new ParameterSet(random);
        InputLayer input = _inputs.Create(parameters, data, words, vectors, threads.Count, channel);
        (Network network, ITrainingTask task) = target.Create(
            new NetworkSetup(parameters, input, threads.Count, label, data, channel, words.Main.Count, start));
        using Network owned = network;
        network.Device = TrainingDevice.Of(RnnModel.GpuOf(host), channel);
        if (options.Training.ReportGradientFlow) network.Flow = new GradientFlow();
        if (start is not null) network.Parameters.Import(StartingModel.Weights(start));
        // The seed makes the training reproducible from the model file alone.
        RnnSequenceOptions used = options with { Training = options.Training with { Seed = seed } };
        JsonElement identity = OptionsJson.Write(used.With(used.Training.Identity));
        Checkpoint? checkpoint = options.Training.CheckpointFolder is { } folder ? new Checkpoint(folder, Fingerprint.Of(identity, data, network)) : null;
        new TrainingLoop(task, options.Training, seed, new TrainingLog(channel, options.Training), Check, time, checkpoint).Run();
        var spec = new RnnModelSpec
        {
            Format = RnnModelSpec.FormatOf(reading.Inputs[0].Reading),
            InputColumn = options.InputColumnName,
            Reading = reading.Inputs[0].Reading,
            Additional = reading.Inputs.Count == 1
                ? null
                : [.. reading.Inputs.Skip(1).Select(additional => new AdditionalInput(additional.ColumnName, additional.Reading))],
            ReadsCharacters = words.Characters is not null,
            Task = target.Spec(label, network),
            Options = OptionsJson.Write(used),
        };
        return new RnnTransformer(new RnnModel(spec, network.Export(), words, label.Values, RnnModel.GpuOf(host)));
    }

    private ExampleSet Read(
        string what, IDataView rows, BoundColumns bound, BoundLabel label, ExampleReading reading, IReadOnlyList<ITokenIndex> indexes)
    {
        var columns = new ExampleColumns(bound.Inputs, bound.Label, bound.Weight, row => target.Label.Open(row, bound.Label, label));
        ExampleSet examples = ExampleReader.Read(rows, columns, reading, indexes, Check);
        if (target.OnLengthMismatch == RnnOnLengthMismatch.Throw) examples.Faults.RefuseMismatches(what);
        return examples;
    }

    /// <summary>Validates the files before any work starts.</summary>
    private void CheckFiles()
    {
        if (start is null && options.Text.PretrainedVectors is { } vectors && !File.Exists(vectors))
            throw new FileNotFoundException(
                $"Text.PretrainedVectors: expected a file of word vectors, got '{vectors}', which does not exist. Check the path.", vectors);
        CheckpointFolders.Prepare(options.Training);
    }

    /// <summary>Validates the columns of the validation set before any work starts. The rows are read when the vocabulary is complete.</summary>
    private BoundColumns? BindValidationSet(ExampleReading reading, BoundLabel label)
    {
        if (options.Training.ValidationSet is not { } rows) return null;
        DataViewSchema.Column[] inputs =
        [
            .. reading.Inputs.Select(input => SequenceKinds.BindValidation(rows.Schema, input)), .. SequenceKinds.Companions(rows.Schema, reading.Inputs),
        ];
        return new BoundColumns(inputs, target.Label.BindValidation(rows.Schema, label), null);
    }

    private DataViewSchema.Column? BindWeight(DataViewSchema schema) =>
        options.ExampleWeightColumnName is { } name ? ExampleWeights.Bind(schema, name) : null;

    private void Check() => TrainingCancellation.Check(host, options.Training.CancellationToken);

    /// <summary>The columns of a data view that an example is read from.</summary>
    private sealed record BoundColumns(IReadOnlyList<DataViewSchema.Column> Inputs, DataViewSchema.Column Label, DataViewSchema.Column? Weight);
}
