namespace MlNetRnn.Batching;

/// <summary>A reader of the label in the current row of a cursor.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads the label.</summary>
    /// <returns>False if the label is missing.</returns>
    public abstract bool Read();

    /// <summary>Number of values; null for one value per sequence.</summary>
    public virtual int? Length => null;

    /// <summary>Adds the label to the targets of the examples.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="steps">Number of steps of the sequence that were kept.</param>
    public abstract void AddTo(List<float> targets, int steps);
}

/// <summary>A reader of one number per sequence.</summary>
/// <param name="read">Reads the number; NaN if it is missing.</param>
internal sealed class NumberReader(Func<float> read) : LabelReader
{
    private float _number;

    public override bool Read() => !float.IsNaN(_number = read());

    public override void AddTo(List<float> targets, int steps) => targets.Add(_number);
}
