using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>The part of a trainer that depends on its task: the label, the network with its loss, and the output columns.</summary>
internal abstract class FittingTarget
{
    /// <summary>The label column.</summary>
    public abstract LabelColumn Label { get; }

    /// <summary>The options of a network that reads the characters of tokens; null if it does not.</summary>
    public virtual RnnTaggingNetworkOptions? Characters => null;

    /// <summary>The additional columns, which hold one value per step.</summary>
    public virtual IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns => [];

    /// <summary>The probability of reading a word that occurs only once as unknown, in training.</summary>
    public virtual float SingletonDropout => 0;

    /// <summary>The handling of rows whose label or additional columns do not have one value per step.</summary>
    public virtual RnnOnLengthMismatch OnLengthMismatch => RnnOnLengthMismatch.Throw;

    /// <summary>Returns the output columns of the schema of an estimator.</summary>
    /// <param name="label">The label in that schema.</param>
    public abstract SchemaShape.Column[] OutputShape(SchemaShape.Column label);

    /// <summary>Returns the task of the model file.</summary>
    /// <param name="label">The label of the training data.</param>
    /// <param name="network">The network.</param>
    public abstract TaskSpec Spec(BoundLabel label, Network network);

    /// <summary>Creates the network with its first weights, and its training.</summary>
    public abstract (Network Network, ITrainingTask Task) Create(NetworkSetup setup);

    /// <summary>Validates the names in the class weights.</summary>
    /// <exception cref="ArgumentException">A weight is given for an unknown class.</exception>
    public virtual void CheckClassWeights(BoundLabel label)
    {
    }

    /// <summary>Returns the weight of each class; null if all are equal.</summary>
    public virtual float[]? ClassWeights(BoundLabel label, TrainingData data) => null;
}

/// <summary>The arguments of every network.</summary>
/// <param name="Parameters">The parameters; the input layer has added its own.</param>
/// <param name="Input">The input layer.</param>
/// <param name="Threads">The number of threads that a step may use.</param>
/// <param name="Label">The label of the training data.</param>
/// <param name="Data">The training and validation rows.</param>
/// <param name="Channel">The log of ML.NET.</param>
/// <param name="Tokens">The number of token numbers of the main column, V.</param>
/// <param name="Start">The model that training continues from; null for a new model.</param>
internal sealed record NetworkSetup(
    ParameterSet Parameters, InputLayer Input, int Threads, BoundLabel Label, TrainingData Data, IChannel Channel, int Tokens, RnnModel? Start);
