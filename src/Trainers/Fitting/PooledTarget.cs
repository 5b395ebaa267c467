using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>A target with one output per sequence.</summary>
internal abstract class PooledTarget(RnnManyToOneOptions options) : FittingTarget
{
    /// <summary>Returns the head of the network and its objective.</summary>
    protected abstract HeadAndObjective CreateHead(BoundLabel label, TrainingData data);

    /// <summary>Returns the task of the model file.</summary>
    /// <param name="classes">The number of classes.</param>
    protected abstract TaskSpec Spec(int classes);

    public sealed override TaskSpec Spec(BoundLabel label, Network network) => Spec(label.Classes);

    public sealed override (Network Network, ITrainingTask Task) Create(NetworkSetup setup)
    {
        HeadAndObjective head = CreateHead(setup.Label, setup.Data);
        var network = new PooledNetwork(setup.Parameters, setup.Input, options.Network, setup.Threads, head.Create);
        return (network, new PooledTraining(network, head.Objective(network.Head), setup.Data));
    }
}

/// <summary>The head of a network and its objective.</summary>
/// <param name="Create">Creates the head for vectors of a size.</param>
/// <param name="Objective">Creates the objective of the head.</param>
internal sealed record HeadAndObjective(Func<ParameterSet, int, PooledHead> Create, Func<PooledHead, PooledObjective> Objective);
