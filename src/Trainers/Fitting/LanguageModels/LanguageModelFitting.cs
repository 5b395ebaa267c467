using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.LanguageModels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>Fits a language model to rows: reads them, learns the symbols, trains the network and assembles the model.</summary>
/// <param name="host">Provides log, cancel flag and devices.</param>
/// <param name="options">The options of the trainer.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="start">The model that training continues from; null for a new model.</param>
internal sealed class LanguageModelFitting(IHost host, RnnLanguageModelOptions options, int seed, RnnLanguageModelTransformer? start)
{
    public SchemaShape OutputSchema(SchemaShape input)
    {
        SymbolColumn.Of(input, options.InputColumnName);
        return input.With(LanguageModelOutput.Shape(options.Columns));
    }

    /// <param name="input">The training data.</param>
    /// <param name="supervisor">Chooses the training options; null for those of the trainer.</param>
    public RnnLanguageModelTransformer Fit(IDataView input, ITrainingSupervisor? supervisor)
    {
        if (supervisor is null) return FitWithOptions(input);
        return supervisor.Run(options.Training, input, [options.InputColumnName], training =>
            new LanguageModelFitting(host, options with { Training = training }, training.Seed ?? seed, start).FitWithOptions(input));
    }

    private RnnLanguageModelTransformer FitWithOptions(IDataView input)
    {
        var time = new TrainingTime(options.Training.MaximumTime, TimeProvider.System);
        SymbolColumn column = SymbolColumn.Of(input.Schema, options.InputColumnName);
        if (start is not null && start.Input.Kind.Name != column.Kind.Name)
            throw new ArgumentException(
                $"ContinueFrom, kind of input column: expected that of the model, {start.Input.Kind.Description}, got {column.Kind.Description}. "
                + "Give the column the type that it has in the model's training data, or train a new model.");
        CheckpointFolders.Prepare(options.Training);
        using IChannel channel = host.Start("Training");
        var rows = new SymbolRows(input, column, input.Schema[options.InputColumnName], Check);
        SymbolRows? validation = options.Training.ValidationSet is { } set ? new SymbolRows(set, column, column.BindValidation(set.Schema), Check) : null;
        var data = SymbolData.Read(rows, validation, options with { Unit = column.UnitOf(options.Unit) }, start?.Model.Codec, seed);
        new SymbolReport(channel, options).Write(data, input: options.InputColumnName);
        return Train(data, column, channel, time);
    }

    private RnnLanguageModelTransformer Train(SymbolData data, SymbolColumn column, IChannel channel, TrainingTime time)
    {
        LibtorchLoader.EnsureLoaded(options.Training.SpinCount);
        using TorchThreads threads = TorchThreads.For(options.Training.Threads, SequenceEncoders.RunsOnOwnThreads(options.Network));
        using var random = new torch.Generator(new Seeds(seed).Weights);
        var parameters = new ParameterSet(random);
        int symbols = data.Codec.Count;
        var embedding = new SymbolEmbedding(parameters, symbols, options.Network);
        using var network = new LanguageModelNetwork(parameters, embedding, options.Network, symbols, threads.Count);
        network.Device = TrainingDevice.Of(RnnModel.GpuOf(host), channel);
        if (options.Training.ReportGradientFlow) network.Flow = new GradientFlow();
        float[] frequencies = SymbolFrequencies.Logarithms(data.Training, symbols);
        if (start is null) network.Begin(frequencies);
        else network.Parameters.Import(OnnxWeights.Read(((RecurrentLanguageModel)start.Model).Graph));
        // The seed makes the training reproducible from the model file alone.
        RnnLanguageModelOptions used = options with { Training = options.Training with { Seed = seed } };
        JsonElement identity = OptionsJson.Write(used with { Training = used.Training.Identity });
        Checkpoint? checkpoint = options.Training.CheckpointFolder is { } folder
            ? new Checkpoint(folder, Fingerprint.Of(identity, data.Training, data.Validation, network))
            : null;
        var windows = new LanguageModelWindows(
            options.BackpropagationSteps == 0 ? int.MaxValue : options.BackpropagationSteps,
            options.LabelSmoothing,
            data.Validation is null ? double.NegativeInfinity : SymbolFrequencies.Mean(data.Validation, frequencies));
        using (var task = new LanguageModelTraining(network, data.Training, data.Validation, windows))
            new TrainingLoop(task, options.Training, seed, new TrainingLog(channel, options.Training), Check, time, checkpoint).Run();
        var spec = new LanguageModelSpec
        {
            InputColumn = options.InputColumnName,
            InputKind = column.Kind.Name,
            IsStream = options.JoinRows,
            RowsAreLines = options.JoinRows && data.RowsAreLines,
            Columns = options.Columns,
            Model = RecurrentLanguageModel.KindName,
            Options = OptionsJson.Write(used),
        };
        return new RnnLanguageModelTransformer(spec, new RecurrentLanguageModel(data.Codec, network.Export(), RnnModel.GpuOf(host)));
    }

    private void Check() => TrainingCancellation.Check(host, options.Training.CancellationToken);
}
