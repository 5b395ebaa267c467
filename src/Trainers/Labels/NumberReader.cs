namespace MlNetRnn.Labels;

/// <summary>Reads a label with one value per row.</summary>
/// <param name="read">Reads the value of the current row; NaN if it is missing.</param>
internal sealed class NumberReader(Func<float> read) : LabelReader
{
    private float _number;

    public override bool Read() => !float.IsNaN(_number = read());

    public override void AddTo(List<float> targets, int steps) => targets.Add(_number);
}
