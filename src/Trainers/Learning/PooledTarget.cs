using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Learning;

/// <summary>What is said of a sequence: the label that it is learned from, the head of the network, and the columns of the answer.</summary>
internal abstract class PooledTarget
{
    /// <summary>The label in the schema of the data to come.</summary>
    public abstract SchemaShape.Column CheckLabel(SchemaShape shape);

    /// <summary>What an estimator promises, given the label.</summary>
    public abstract SchemaShape.Column[] Promised(SchemaShape.Column label);

    /// <summary>The label in the training data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of the wrong type.</exception>
    public abstract BoundLabel Bind(DataViewSchema schema);

    /// <summary>The label in the validation rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, of the wrong type, or means something else by its values.</exception>
    public abstract DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training);

    /// <summary>Reads the label as a number; NaN where it is missing.</summary>
    public abstract Func<float> OpenLabel(DataViewRow source, DataViewSchema.Column column);

    /// <summary>What the model file says of the task.</summary>
    /// <param name="classes">How many classes there are.</param>
    public abstract TaskSpec Spec(int classes);

    /// <summary>The head of the network, and what it learns towards.</summary>
    public abstract PooledHead CreateHead(BoundLabel label, TrainingData data);

    /// <exception cref="ArgumentException">A weight is given for a class that is none.</exception>
    public virtual void CheckClassWeights(BoundLabel label)
    {
    }

    /// <summary>How much the rows of each class count; null where all count the same.</summary>
    public virtual float[]? ClassWeights(BoundLabel label, TrainingData data) => null;
}

/// <summary>A label column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Classes">How many classes there are; 0 where the answer is none.</param>
/// <param name="Values">The values behind its key; null where it is no key, or has none.</param>
internal sealed record BoundLabel(DataViewSchema.Column Column, int Classes, KeyValues? Values);

/// <summary>The last part of a network.</summary>
/// <param name="Create">Makes it over vectors of a size.</param>
/// <param name="Objective">What it learns towards, once it has its weights.</param>
internal sealed record PooledHead(Func<ParameterSet, int, Head> Create, Func<Head, Objective> Objective);
