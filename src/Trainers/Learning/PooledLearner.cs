using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Hosting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Options;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Learning;

/// <summary>What all trainers do that say one thing of a sequence: read, build the vocabulary, train, wrap the model up.</summary>
/// <param name="host">Log, cancel flag and devices.</param>
/// <param name="options">What the user wants.</param>
/// <param name="target">What is said of a sequence.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="start">The model to go on from; null to begin anew.</param>
internal sealed class PooledLearner(IHost host, RnnSequenceOptions options, PooledTarget target, int seed, RnnModel? start)
{
    public SchemaShape OutputSchema(SchemaShape input)
    {
        SequenceKinds.Check(input, options.InputColumnName, options.FrameSize);
        SchemaShape.Column label = target.CheckLabel(input);
        if (options.ExampleWeightColumnName is { } weight) ExampleWeights.Check(input, weight);
        return input.With(target.Promised(label));
    }

    public RnnTransformer Fit(IDataView input)
    {
        (DataViewSchema.Column sequences, SequenceKind kind) = SequenceKinds.Of(input.Schema, options.InputColumnName, options.FrameSize);
        BoundLabel label = target.Bind(input.Schema);
        var columns = new ExampleColumns(sequences, label.Column, BindWeight(input.Schema), target.OpenLabel);
        var reading = new SequenceReading
        {
            Kind = kind.Name,
            Tokenization = options.Text.Tokenization,
            LowerCase = options.Text.LowerCase && !kind.KeepsCase,
            MaximumLength = options.Text.MaximumLength,
            WordBigrams = options.Text.WordBigrams,
            FrameSize = options.FrameSize,
        };
        // A model to go on from brings its vectors along; the file may be gone.
        string? vectorFile = start is null ? options.Text.PretrainedVectors : null;
        if (vectorFile is not null && !File.Exists(vectorFile))
            throw new FileNotFoundException($"Text.PretrainedVectors: expected a file of word vectors, got '{vectorFile}', which is not there. Check the path.", vectorFile);
        if (options.Training.CheckpointFolder is { } states)
        {
            if (File.Exists(states)) throw new IOException($"Training.CheckpointFolder: expected a folder, got '{states}', which is a file. Choose another name.");
            Directory.CreateDirectory(states);
        }
        target.CheckClassWeights(label);
        if (start is not null) StartingModel.RefuseOther(start, reading, target.Spec(label.Classes), label.Values);

        using IChannel channel = host.Start("Training");
        Func<ITokenIndex, ExampleSet>? validation = BindValidationSet(reading, label);
        var builder = new VocabularyBuilder();
        ExampleSet examples = ExampleReader.Read(input, columns, reading, builder, Check);
        (int[] trainingRows, int[] heldOut) = TrainingData.Split(examples.Count, validation is null ? options.Training.ValidationFraction : 0, new Seeds(seed).HoldOut);
        Vocabulary vocabulary = BuildVocabulary(builder, examples.Sequences, trainingRows);
        WordVectors? vectors = vectorFile is not null
            ? WordVectors.Read(vectorFile, options.Network.EmbeddingSize, reading.LowerCase, vocabulary, options.Text.MaximumVocabularySize)
            : null;
        vocabulary = vectors?.Vocabulary ?? vocabulary;
        TrainingData data = validation is null
            ? new TrainingData(examples, trainingRows, examples, heldOut)
            : TrainingData.With(examples, validation(vocabulary));
        data.Report(channel);
        if (vectors is not null) vectors.Report(channel, vectorFile!, vocabulary.Words.Count);
        data.Training.Weigh(data.TrainingRows, target.ClassWeights(label, data));

        RnnSequenceOptions used = options with { Training = options.Training with { Seed = seed } };        // so that the model can be made again
        // What has no part in the result must not make it another training.
        JsonElement identity = OptionsJson.Write(used with { Training = used.Training with { Threads = 0, SpinCount = 0, OnCancel = RnnOnCancel.Throw } });
        byte[] graph = Train(data, vocabulary.Count, vectors, target.CreateHead(label, data), identity, channel);
        var spec = new RnnModelSpec { InputColumn = options.InputColumnName, Reading = reading, Task = target.Spec(label.Classes), Options = OptionsJson.Write(used) };
        return new RnnTransformer(new RnnModel(spec, graph, vocabulary, label.Values, RnnModel.GpuOf(host)));
    }

    private byte[] Train(TrainingData data, int tokens, WordVectors? vectors, PooledHead head, JsonElement identity, IChannel channel)
    {
        NativeTorch.EnsureLoaded(options.Training.SpinCount);
        using TorchThreads threads = TorchThreads.For(options.Training.Threads, SequenceEncoders.RunsDirectionsAtOnce(options.Network));
        using var random = new torch.Generator(new Seeds(seed).Weights);
        using var network = new PooledNetwork(options.Network, random, threads.Count, parameters => CreateInput(parameters, data, tokens, vectors), head.Create)
        {
            Device = TrainingDevice.Of(RnnModel.GpuOf(host), channel),
        };
        if (options.Training.ReportGradientFlow) network.Flow = new GradientFlow();
        if (start is not null) network.Parameters.Import(StartingModel.Weights(start));
        Checkpoint? checkpoint = options.Training.CheckpointFolder is { } folder ? new Checkpoint(folder, Fingerprint.Of(identity, data, network)) : null;
        new TrainingLoop(new PooledTraining(network, head.Objective(network.Head), data), options.Training, seed, new TrainingLog(channel, options.Training), Check, checkpoint).Run();
        return network.Export();
    }

    private InputLayer CreateInput(ParameterSet parameters, TrainingData data, int tokens, WordVectors? vectors)
    {
        if (options.FrameSize > 0)
        {
            FrameStatistics statistics = FrameStatistics.Of(data.Training.Sequences, data.TrainingRows);
            return new FrameInput(parameters, statistics.Mean, statistics.Deviation);
        }
        var embedder = new Embedder(parameters, tokens, options.Network, options.Text.FreezeVectors);
        foreach ((int token, float[] vector) in vectors?.Vectors ?? new Dictionary<int, float[]>()) embedder.Set(token, vector);
        return embedder;
    }

    private Vocabulary BuildVocabulary(VocabularyBuilder builder, SequenceStore sequences, int[] rows)
    {
        if (sequences.FrameSize > 0) return new Vocabulary([]);
        Vocabulary vocabulary = builder.Build(sequences, rows, options.Text.MinimumCount, options.Text.MaximumVocabularySize, start?.Vocabulary, out int[] numbers);
        sequences.Renumber(numbers);
        return vocabulary;
    }

    /// <summary>Checks the validation rows at once, before any work; they are read when the vocabulary is known.</summary>
    private Func<ITokenIndex, ExampleSet>? BindValidationSet(SequenceReading reading, BoundLabel label)
    {
        if (options.Training.ValidationSet is not { } rows) return null;
        DataViewSchema.Column sequences = SequenceKinds.BindValidation(rows.Schema, options.InputColumnName, reading);
        var columns = new ExampleColumns(sequences, target.BindValidation(rows.Schema, label), null, target.OpenLabel);
        return vocabulary => ExampleReader.Read(rows, columns, reading, vocabulary, Check);
    }

    private DataViewSchema.Column? BindWeight(DataViewSchema schema) => options.ExampleWeightColumnName is { } name ? ExampleWeights.Bind(schema, name) : null;

    private void Check()
    {
        options.Training.CancellationToken.ThrowIfCancellationRequested();
        if (CatalogEnvironment.IsCanceled(host)) throw new OperationCanceledException("Training was cancelled through the MLContext.");
    }
}
