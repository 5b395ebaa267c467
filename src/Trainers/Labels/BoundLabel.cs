using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Labels;

/// <summary>A label column of the training data.</summary>
/// <param name="Column">The column.</param>
/// <param name="Classes">The number of classes; 0 for a number, and for texts before the data is read.</param>
/// <param name="Values">The values of the key; null if the label is no key or its key has no values.</param>
internal sealed record BoundLabel(DataViewSchema.Column Column, int Classes, KeyValues? Values)
{
    /// <summary>Numbers the tags of a text column; null for all other labels.</summary>
    public TextTags? Texts { get; init; }

    /// <summary>Returns whether the classes have these names, in the same order.</summary>
    public bool HasNames(KeyValues? values) => (values?.Names ?? []).SequenceEqual(Values?.Names ?? []);
}
