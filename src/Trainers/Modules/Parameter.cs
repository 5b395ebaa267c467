using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Trainable numbers of a network. A table (word embeddings) is learned row by row: a step sees only the rows that its batch touches,
/// so that neither its gradient nor its optimizer costs anything for the words that do not occur.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private readonly bool _isTable;
    private Tensor? _touched;

    public Parameter(string name, Tensor value, bool isTable)
    {
        (Name, Value, _isTable) = (name, value.requires_grad_(!isTable).DetachFromDisposeScope(), isTable);
    }

    /// <summary>The name of the numbers in the exported graph.</summary>
    public string Name { get; }

    public Tensor Value { get; }

    /// <summary>The rows that the last <see cref="Touch"/> took; null where a step changes all of the numbers.</summary>
    public int[]? TouchedRows { get; private set; }

    /// <summary>The gradient of the last backward pass: of all numbers, or of the touched rows [U,E]; null before the first.</summary>
    public Tensor? Gradient => _isTable ? _touched?.grad : Value.grad;

    /// <summary>Takes rows of a table out for one step. The gradient will be that of these rows.</summary>
    /// <returns>[U,E], a leaf of the autograd graph; it lives in the dispose scope of the step.</returns>
    public Tensor Touch(int[] rows)
    {
        using Tensor index = tensor(rows, ScalarType.Int64);
        using Tensor taken = Value.index_select(0, index);          // [U,E]
        TouchedRows = rows;
        return _touched = taken.detach().requires_grad_(true);
    }

    public void ClearGradient()
    {
        if (_isTable)
        {
            (_touched, TouchedRows) = (null, null);
            return;
        }
        using Tensor? gradient = Value.grad;
        gradient?.zero_();
    }

    public float[] ToArray() => Value.Span().ToArray();

    public void Restore(float[] numbers) => numbers.CopyTo(Value.Span());

    public void Dispose() => Value.Dispose();
}
