using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Onnx;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>A target with one output per sequence.</summary>
internal abstract class PooledTarget(RnnManyToOneOptions options) : FittingTarget
{
    /// <summary>The maximum number of scores of the wide path: 256 MB, of which the training needs several times as much.</summary>
    private const long MaximumScores = 1 << 26;

    /// <summary>Returns the head of the network and its objective.</summary>
    protected abstract HeadAndObjective CreateHead(BoundLabel label, TrainingData data);

    /// <summary>Returns the task of the model file.</summary>
    /// <param name="classes">The number of classes.</param>
    protected abstract TaskSpec Spec(int classes);

    public sealed override TaskSpec Spec(BoundLabel label, Network network) => Spec(label.Classes) with { NGrams = NGrams };

    public sealed override (Network Network, ITrainingTask Task) Create(NetworkSetup setup)
    {
        HeadAndObjective head = CreateHead(setup.Label, setup.Data);
        var network = new PooledNetwork(setup.Parameters, setup.Input, options.Network, setup.Threads, head.Create,
            (parameters, own) => CreateWide(setup, parameters, own));
        return (network, new PooledTraining(network, head.Objective(network.Head), setup.Data));
    }

    /// <summary>The n-grams whose scores are an output; null for none.</summary>
    private NGramSpec? NGrams => options.NGramsColumnName is null
        ? null
        : new NGramSpec(NGramLength, options.Text.Tokenization == RnnTokenization.Character ? "" : " ");

    // With Text.WordBigrams, pairs are tokens already.
    private int NGramLength => options.Text.WordBigrams ? 1 : options.Network.NGramLength;

    /// <summary>Creates the wide path for a head; null for none.</summary>
    private WidePath? CreateWide(NetworkSetup setup, ParameterSet parameters, PooledHead head)
    {
        RnnNetworkOptions network = options.Network;
        if (network.NGramLength == 0 || options.FrameSize > 0) return null;
        int outputs = head.Outputs;
        long free = MaximumScores / outputs - setup.Tokens;
        if (free <= 0)
        {
            string why = FormattableString.Invariant(
                $"scores of {setup.Tokens} words for {outputs} classes need more than {MaximumScores * sizeof(float) >> 20} MB");
            if (options.NGramsColumnName is { } column)
                throw new InvalidOperationException($"N-grams of column '{column}': expected fewer words or classes: {why}. Lower Text.MaximumVocabularySize.");
            setup.Channel.Info(MessageSensitivity.None, $"wide path: left out, since {why}");
            return null;
        }
        NGramSet? known = setup.Start is { } start ? NGramLookup.Read(OnnxWeights.ReadIntegers(start.Network.Graph), start.Words.Main.Count) : null;
        int longer = Math.Max(1, NGramLength - 1), most = (int)Math.Min(network.MaximumNGrams, Math.Max(1, free / longer));
        var limits = new NGramLimits(NGramLength, network.MinimumNGramCount, most);
        NGramSet ngrams = NGramSet.Learn(setup.Data.Training.Sequences, setup.Data.TrainingRows, setup.Tokens, limits, known);
        setup.Channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"wide path: {ngrams.Tokens} tokens, {ngrams.Longer} n-grams of up to {limits.Length} tokens"));
        return new WidePath(parameters, ngrams, known, outputs, setup.Data.ValidationRows.Length > 0, options.NGramsColumnName is not null)
        {
            Gain = head.WideGain,
        };
    }
}

/// <summary>The head of a network and its objective.</summary>
/// <param name="Create">Creates the head for vectors of a size.</param>
/// <param name="Objective">Creates the objective of the head.</param>
internal sealed record HeadAndObjective(Func<ParameterSet, int, PooledHead> Create, Func<PooledHead, PooledObjective> Objective);
