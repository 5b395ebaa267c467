using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Native;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Training;
using MlNetRnn.Translation;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>Fits a translation model to rows: reads the pairs, learns the symbols, trains the network and assembles the model.</summary>
/// <param name="host">Provides log, cancel flag and devices.</param>
/// <param name="options">The options of the trainer.</param>
/// <param name="seed">The seed of the run.</param>
/// <param name="start">The model that training continues from; null for a new model.</param>
internal sealed class TranslationFitting(IHost host, RnnTranslationOptions options, int seed, RnnTranslationTransformer? start)
{
    public SchemaShape OutputSchema(SchemaShape input)
    {
        PairColumns.Check(input, options);
        return input.With(TranslationOutput.Shape(options.Columns));
    }

    /// <param name="input">The training data.</param>
    /// <param name="supervisor">Chooses the training options; null for those of the trainer.</param>
    public RnnTranslationTransformer Fit(IDataView input, ITrainingSupervisor? supervisor)
    {
        if (supervisor is null) return FitWithOptions(input);
        return supervisor.Run(options.Training, input, options.Inputs, training =>
            new TranslationFitting(host, options with { Training = training }, training.Seed ?? seed, start).FitWithOptions(input));
    }

    private RnnTranslationTransformer FitWithOptions(IDataView input)
    {
        var time = new TrainingTime(options.Training.MaximumTime, TimeProvider.System);
        var columns = PairColumns.Of(input.Schema, options);
        if (start is not null) StartingTranslation.RefuseOther(start, columns);
        CheckpointFolders.Prepare(options.Training);
        using IChannel channel = host.Start("Training");
        var vocabularies = PairVocabularies.Learn(input, columns, start is null ? null : StartingTranslation.Vocabularies(start), Check);
        var training = new PairReader(columns, vocabularies);
        training.Read(input, isValidation: false, Check);
        PairReader? validation = options.Training.ValidationSet is null ? null : new PairReader(columns, vocabularies);
        validation?.Read(options.Training.ValidationSet!, isValidation: true, Check);
        PairData data = Divide(training, validation);
        new PairReport(channel, options).Write(data, vocabularies, training, validation);
        return Train(data, vocabularies, columns, channel, time);
    }

    private PairData Divide(PairReader training, PairReader? validation) => validation is null
        ? PairData.Split(training.Pairs, options.Training.ValidationFraction, new Seeds(seed).HoldOut)
        : PairData.With(training.Pairs, validation.Pairs);

    private RnnTranslationTransformer Train(
        PairData data, PairVocabularies vocabularies, PairColumns columns, IChannel channel, TrainingTime time)
    {
        LibtorchLoader.EnsureLoaded(options.Training.SpinCount);
        using TorchThreads threads = TorchThreads.For(options.Training.Threads, runsOnOwnThreads: true);
        using var random = new torch.Generator(new Seeds(seed).Weights);
        using TranslationNetwork network = TranslationNetworks.Create(new ParameterSet(random), options, vocabularies, data.Training.Source, threads.Count);
        network.Device = TrainingDevice.Of(RnnModel.GpuOf(host), channel);
        if (options.Training.ReportGradientFlow) network.Flow = new GradientFlow();
        float[] frequencies = SymbolFrequencies.Logarithms(data.Training.Target, data.TrainingPairs, network.Symbols);
        if (start is null) network.Begin(frequencies);
        else StartingTranslation.Import(start, network.Parameters);
        // The seed makes the training reproducible from the model file alone.
        RnnTranslationOptions used = options with { Training = options.Training with { Seed = seed } };
        JsonElement identity = OptionsJson.Write(used with { Training = used.Training.Identity });
        Checkpoint? checkpoint = options.Training.CheckpointFolder is { } folder
            ? new Checkpoint(folder, Fingerprint.Of(identity, data, network.Parameters, network.Device))
            : null;
        double baseline = data.ValidationPairs.Length == 0
            ? double.NegativeInfinity
            : SymbolFrequencies.Mean(data.Validation.Target, data.ValidationPairs, frequencies);
        Func<Action, double>? bleu = options.Metric == RnnTranslationMetric.Bleu
            ? new ValidationTranslations(network, vocabularies, data, options.ValidationTranslations, threads.Count).Bleu
            : null;
        var task = new TranslationTraining(network, data, options, baseline, bleu);
        new TrainingLoop(task, options.Training, seed, new TrainingLog(channel, options.Training), Check, time, checkpoint).Run();
        RecurrentTranslationModel model = TranslationNetworks.Export(network, vocabularies, RnnModel.GpuOf(host));
        return new RnnTranslationTransformer(Spec(used, vocabularies, columns), model);
    }

    private static TranslationSpec Spec(RnnTranslationOptions used, PairVocabularies vocabularies, PairColumns columns) => new()
    {
        Source = columns.Source.Spec,
        TargetColumn = used.TargetColumnName,
        Languages = vocabularies.LanguagesOf(used),
        HasJointVocabulary = used.JointVocabulary,
        Columns = used.Columns,
        Decoding = used.Decoding,
        Model = RecurrentTranslationModel.KindName,
        StateSize = used.Network.SourceSize,
        HasAttention = used.Network.Attention != RnnAttention.None,
        Options = OptionsJson.Write(used),
    };

    private void Check() => TrainingCancellation.Check(host, options.Training.CancellationToken);
}
