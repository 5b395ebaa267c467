namespace MlNetRnn.Labels;

/// <summary>Reads the label of the current row of a cursor.</summary>
internal abstract class LabelReader
{
    /// <summary>The number of values in the current row; null for a label with one value per row.</summary>
    public virtual int? Length => null;

    /// <summary>Reads the label of the current row.</summary>
    /// <returns>False if the label is missing.</returns>
    public abstract bool Read();

    /// <summary>Appends the label that was read to the targets of a set of examples.</summary>
    /// <param name="targets">The targets of the rows before.</param>
    /// <param name="steps">The number of steps of the sequence that were kept.</param>
    public abstract void AddTo(List<float> targets, int steps);
}
