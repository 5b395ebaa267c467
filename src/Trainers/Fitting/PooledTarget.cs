using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>One thing that is said of a whole sequence (lecture row L3): the head of the network, and what it learns towards.</summary>
internal abstract class PooledTarget(RnnManyToOneOptions options) : FittingTarget
{
    /// <summary>Reads the label as a number; NaN where it is missing.</summary>
    protected abstract Func<float> OpenNumber(DataViewRow source, DataViewSchema.Column column);

    /// <summary>The head of the network, and what it learns towards.</summary>
    protected abstract PooledHead CreateHead(BoundLabel label, TrainingData data);

    /// <summary>What the model file says of the task.</summary>
    /// <param name="classes">How many classes there are.</param>
    protected abstract TaskSpec Spec(int classes);

    public sealed override TaskSpec Spec(BoundLabel label, TrainingData data, Network network) => Spec(label.Classes);

    public sealed override LabelReader OpenLabel(DataViewRow source, DataViewSchema.Column column, BoundLabel label) => new NumberReader(OpenNumber(source, column));

    public sealed override (Network Network, ITrainingTask Task) Create(NetworkSetup setup)
    {
        PooledHead head = CreateHead(setup.Label, setup.Data);
        var network = new PooledNetwork(options.Network, setup.Random, setup.Threads, setup.Input, head.Create);
        return (network, new PooledTraining(network, head.Objective(network.Head), setup.Data));
    }
}

/// <summary>The last part of a network.</summary>
/// <param name="Create">Makes it over vectors of a size.</param>
/// <param name="Objective">What it learns towards, once it has its weights.</param>
internal sealed record PooledHead(Func<ParameterSet, int, Head> Create, Func<Head, Objective> Objective);
