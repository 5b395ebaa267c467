using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;
using MlNetRnn.Training;
using TorchSharp;

namespace MlNetRnn.Fitting;

/// <summary>What is learned of sequences: the label, the network, and the columns of the answer.</summary>
internal abstract class FittingTarget
{
    /// <summary>Whether the label says something of each step instead of the row.</summary>
    public virtual bool IsPerStep => false;

    /// <summary>How the network looks at the characters of tokens; null where it does not.</summary>
    public virtual RnnTaggingNetworkOptions? Characters => null;

    /// <summary>Columns with a value for each step besides the sequence itself.</summary>
    public virtual IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns => [];

    /// <summary>With which probability a word that occurs only once is read as unknown while learning.</summary>
    public virtual float SingletonDropout => 0;

    /// <summary>What to do with rows whose label or additional columns do not fit the sequence.</summary>
    public virtual RnnOnLengthMismatch OnLengthMismatch => RnnOnLengthMismatch.Throw;

    /// <summary>The label in the schema of the data to come.</summary>
    public abstract SchemaShape.Column CheckLabel(SchemaShape shape);

    /// <summary>What an estimator promises, given the label.</summary>
    public abstract SchemaShape.Column[] Promised(SchemaShape.Column label);

    /// <summary>The label in the training data.</summary>
    /// <param name="schema">The training data.</param>
    /// <param name="known">The classes of the model to go on from; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of the wrong type.</exception>
    public abstract BoundLabel Bind(DataViewSchema schema, KeyValues? known);

    /// <summary>The label in the validation rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of the wrong type, or means something else by its values.</exception>
    public abstract DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training);

    /// <summary>Reads the label.</summary>
    public abstract LabelReader OpenLabel(DataViewRow source, DataViewSchema.Column column, BoundLabel label);

    /// <summary>The label once the data has been read, where only then its classes are known.</summary>
    public virtual BoundLabel AfterReading(BoundLabel label) => label;

    /// <summary>What the model file says of the task.</summary>
    /// <param name="label">The label.</param>
    /// <param name="data">The rows.</param>
    /// <param name="network">The network.</param>
    public abstract TaskSpec Spec(BoundLabel label, TrainingData data, Network network);

    /// <summary>The network with its first weights, and how it learns.</summary>
    public abstract (Network Network, ITrainingTask Task) Create(NetworkSetup setup);

    /// <exception cref="ArgumentException">A weight is given for a class that is none.</exception>
    public virtual void CheckClassWeights(BoundLabel label)
    {
    }

    /// <summary>How much the rows of each class count; null where all count the same.</summary>
    public virtual float[]? ClassWeights(BoundLabel label, TrainingData data) => null;
}

/// <summary>A label column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Classes">How many classes there are; 0 where the answer is none, or not known before the data is read.</param>
/// <param name="Values">The values behind its key; null where it is no key, or has none.</param>
internal sealed record BoundLabel(DataViewSchema.Column Column, int Classes, KeyValues? Values)
{
    /// <summary>The classes as they are met; null where the column itself tells them.</summary>
    public TextTags? Met { get; init; }
}

/// <summary>What a network is made of.</summary>
/// <param name="Label">The label.</param>
/// <param name="Data">The rows.</param>
/// <param name="Random">Where the first weights come from.</param>
/// <param name="Threads">How many threads a step may use.</param>
/// <param name="Input">Makes the input layer.</param>
/// <param name="Channel">ML.NET's log.</param>
internal sealed record NetworkSetup(BoundLabel Label, TrainingData Data, torch.Generator Random, int Threads, Func<ParameterSet, InputLayer> Input, IChannel Channel);
