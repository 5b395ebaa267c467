namespace MlNetRnn.Batching;

/// <summary>Reads what is to be said of the current row of a cursor.</summary>
internal abstract class LabelReader
{
    /// <summary>Reads it.</summary>
    /// <returns>False where it is missing.</returns>
    public abstract bool Read();

    /// <summary>How many values it has; null where one goes for the whole sequence.</summary>
    public virtual int? Length => null;

    /// <summary>Adds it to the targets of examples.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="steps">How many steps of the sequence were kept.</param>
    public abstract void AddTo(List<float> targets, int steps);
}

/// <summary>One number for the whole sequence.</summary>
/// <param name="read">Reads it; NaN where it is missing.</param>
internal sealed class NumberReader(Func<float> read) : LabelReader
{
    private float _number;

    public override bool Read() => !float.IsNaN(_number = read());

    public override void AddTo(List<float> targets, int steps) => targets.Add(_number);
}
