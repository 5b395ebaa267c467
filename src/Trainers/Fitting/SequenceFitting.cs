using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
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

/// <summary>What all trainers do: read, build the vocabularies, train, wrap the model up.</summary>
/// <param name="host">Log, cancel flag and devices.</param>
/// <param name="options">What the user wants.</param>
/// <param name="target">What is learned of a sequence.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="start">The model to go on from; null to begin anew.</param>
internal sealed class SequenceFitting(IHost host, RnnSequenceOptions options, FittingTarget target, int seed, RnnModel? start)
{
    private readonly InputPlan _inputs = new(options, target);

    public SchemaShape OutputSchema(SchemaShape input)
    {
        _inputs.Check(input);
        SchemaShape.Column label = target.CheckLabel(input);
        if (options.ExampleWeightColumnName is { } weight) ExampleWeights.Check(input, weight);
        return input.With(target.Promised(label));
    }

    public RnnTransformer Fit(IDataView input)
    {
        if (FollowedTraining.Current is not { } follower) return Learn(input);
        string[] read = [options.InputColumnName, options.LabelColumnName, .. target.AdditionalColumns.Select(column => column.ColumnName), .. options.ExampleWeightColumnName is { } weight ? [weight] : Array.Empty<string>()];
        try
        {
            RnnTrainingOptions training = follower.Begin(options.Training, input, read);
            return new SequenceFitting(host, options.With(training), target, training.Seed ?? seed, start).Learn(input);
        }
        finally
        {
            follower.End();
        }
    }

    private RnnTransformer Learn(IDataView input)
    {
        (DataViewSchema.Column[] columns, ExampleReading reading) = _inputs.Bind(input.Schema, start?.Spec.Reading);
        BoundLabel label = target.Bind(input.Schema, start?.Labels);
        CheckFiles();
        target.CheckClassWeights(label);
        if (start is not null && label.Met is null) StartingModel.RefuseOther(start, reading.Inputs, label.Classes, label.Values);

        using IChannel channel = host.Start("Training");
        BindValidationSet(reading, label);
        VocabularyBuilder[] builders = [.. columns.Select(_ => new VocabularyBuilder())];
        BoundLabel bound = label;
        ExampleSet examples = Read("training data", input, new ExampleColumns(columns, label.Column, BindWeight(input.Schema), (row, column) => target.OpenLabel(row, column, bound)), reading, builders);
        if (examples.Count > 0) label = target.AfterReading(label);
        if (start is not null && examples.Count > 0) StartingModel.RefuseOther(start, reading.Inputs, label.Classes, label.Values);
        (int[] trainingRows, int[] heldOut) = TrainingData.Split(examples.Count, options.Training.ValidationSet is null ? options.Training.ValidationFraction : 0, new Seeds(seed).HoldOut);
        ModelWords words = BuildWords(builders, examples, trainingRows);
        // A model to go on from brings its vectors along; the file may be gone.
        WordVectors? vectors = start is null && options.Text.PretrainedVectors is { } file
            ? WordVectors.Read(file, options.Encoder.EmbeddingSize, reading.Inputs[0].Reading.LowerCase, words.Main, options.Text.MaximumVocabularySize)
            : null;
        if (vectors is not null) words = words with { Main = vectors.Vocabulary };
        TrainingData data = options.Training.ValidationSet is null
            ? new TrainingData(examples, trainingRows, examples, heldOut)
            : TrainingData.With(examples, ReadValidationSet(reading, label, words));
        data.Report(channel);
        vectors?.Report(channel, options.Text.PretrainedVectors!, words.Main.Words.Count);
        foreach (ExampleSet set in new[] { data.Training, data.Validation }.Distinct())
            if (words.Characters is { } characters) set.ReadCharacters(characters);
        data.Training.Weigh(data.TrainingRows, target.ClassWeights(label, data));
        return Train(data, words, vectors, reading, label, channel);
    }

    private RnnTransformer Train(TrainingData data, ModelWords words, WordVectors? vectors, ExampleReading reading, BoundLabel label, IChannel channel)
    {
        LibtorchLoader.EnsureLoaded(options.Training.SpinCount);
        using TorchThreads threads = TorchThreads.For(options.Training.Threads, SequenceEncoders.RunsDirectionsAtOnce(options.Encoder));
        using var random = new torch.Generator(new Seeds(seed).Weights);
        (Network network, ITrainingTask task) = target.Create(new NetworkSetup(label, data, random, threads.Count, parameters => _inputs.Create(parameters, data, words, vectors, threads.Count, channel), channel));
        using Network owned = network;
        network.Device = TrainingDevice.Of(RnnModel.GpuOf(host), channel);
        if (options.Training.ReportGradientFlow) network.Flow = new GradientFlow();
        if (start is not null) network.Parameters.Import(StartingModel.Weights(start));
        RnnSequenceOptions used = options with { Training = options.Training with { Seed = seed } };        // so that the model can be made again
        // What has no part in the result must not make it another training.
        JsonElement identity = OptionsJson.Write(used with { Training = used.Training with { Threads = 0, SpinCount = 0, OnCancel = RnnOnCancel.Throw } });
        Checkpoint? checkpoint = options.Training.CheckpointFolder is { } folder ? new Checkpoint(folder, Fingerprint.Of(identity, data, network)) : null;
        new TrainingLoop(task, options.Training, seed, new TrainingLog(channel, options.Training), Check, checkpoint).Run();
        var spec = new RnnModelSpec
        {
            InputColumn = options.InputColumnName,
            Reading = reading.Inputs[0].Reading,
            Additional = reading.Inputs.Count == 1 ? null : [.. reading.Inputs.Skip(1).Select(input => new AdditionalInput(input.ColumnName, input.Reading))],
            ReadsCharacters = words.Characters is not null,
            Task = target.Spec(label, data, network),
            Options = OptionsJson.Write(used),
        };
        return new RnnTransformer(new RnnModel(spec, network.Export(), words, label.Values, RnnModel.GpuOf(host)));
    }

    private ExampleSet Read(string what, IDataView rows, ExampleColumns columns, ExampleReading reading, IReadOnlyList<ITokenIndex> indexes)
    {
        ExampleSet examples = ExampleReader.Read(rows, columns, reading, indexes, Check);
        if (target.OnLengthMismatch == RnnOnLengthMismatch.Throw) examples.Faults.RefuseMismatches(what);
        return examples;
    }

    private ModelWords BuildWords(VocabularyBuilder[] builders, ExampleSet examples, int[] rows)
    {
        Vocabulary Build(VocabularyBuilder builder, SequenceStore store, int minimumCount, int maximumSize, Vocabulary? known)
        {
            if (store.FrameSize > 0) return new Vocabulary([]);
            Vocabulary vocabulary = builder.Build(store, rows, minimumCount, maximumSize, known, out int[] numbers);
            store.Renumber(numbers);
            return vocabulary;
        }
        Vocabulary main = Build(builders[0], examples.Sequences, options.Text.MinimumCount, options.Text.MaximumVocabularySize, start?.Words.Main);
        Vocabulary[] additional = [.. examples.Additional.Select((store, i) => Build(builders[i + 1], store, 1, options.Text.MaximumVocabularySize, start?.Words.Additional[i]))];
        return new ModelWords(main, additional, target.Characters is not null ? CharacterIndex.Learn(Spellings(examples, rows), start?.Words.Characters) : null);
    }

    private static IEnumerable<string> Spellings(ExampleSet examples, int[] rows)
    {
        var seen = new HashSet<int>();
        foreach (int row in rows)
            foreach (int spelling in examples.Sequences.Spelled(row)) seen.Add(spelling);
        return seen.Select(spelling => examples.Sequences.Spellings[spelling]);
    }

    /// <summary>Before any work, not after it.</summary>
    private void CheckFiles()
    {
        if (start is null && options.Text.PretrainedVectors is { } vectors && !File.Exists(vectors))
            throw new FileNotFoundException($"Text.PretrainedVectors: expected a file of word vectors, got '{vectors}', which is not there. Check the path.", vectors);
        if (options.Training.CheckpointFolder is not { } states) return;
        if (File.Exists(states)) throw new IOException($"Training.CheckpointFolder: expected a folder, got '{states}', which is a file. Choose another name.");
        Directory.CreateDirectory(states);
    }

    /// <summary>Checks the validation rows at once, before any work; they are read when the vocabulary is known.</summary>
    private (DataViewSchema.Column[] Inputs, DataViewSchema.Column Label)? BindValidationSet(ExampleReading reading, BoundLabel label)
    {
        if (options.Training.ValidationSet is not { } rows) return null;
        return ([.. reading.Inputs.Select(input => SequenceKinds.BindValidation(rows.Schema, input))], target.BindValidation(rows.Schema, label));
    }

    private ExampleSet ReadValidationSet(ExampleReading reading, BoundLabel label, ModelWords words)
    {
        (DataViewSchema.Column[] inputs, DataViewSchema.Column column) = BindValidationSet(reading, label)!.Value;
        return Read("validation set", options.Training.ValidationSet!, new ExampleColumns(inputs, column, null, (row, c) => target.OpenLabel(row, c, label)), reading, [words.Main, .. words.Additional]);
    }

    private DataViewSchema.Column? BindWeight(DataViewSchema schema) => options.ExampleWeightColumnName is { } name ? ExampleWeights.Bind(schema, name) : null;

    private void Check()
    {
        options.Training.CancellationToken.ThrowIfCancellationRequested();
        if (CatalogEnvironment.IsCanceled(host)) throw new OperationCanceledException("Training was cancelled through the MLContext.");
    }
}
