using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// Numbers of a network. A table (word embeddings) is learned row by row: a step sees only the rows that its batch touches,
/// so that neither its gradient nor its optimizer costs anything for the words that do not occur.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private Tensor? _touched;

    public Parameter(string name, Tensor value, bool isTable = false, bool isFixed = false)
    {
        (Name, Value, IsTable, IsFixed) = (name, value.requires_grad_(!isTable && !isFixed).DetachFromDisposeScope(), isTable, isFixed);
    }

    /// <summary>The name of the numbers in the exported graph.</summary>
    public string Name { get; }

    public Tensor Value { get; }

    /// <summary>The numbers on a device; their gradient comes back to where they are.</summary>
    public Tensor On(Device device) => device.type == DeviceType.CPU ? Value : Value.to(device);

    /// <summary>Whether it is learned row by row.</summary>
    public bool IsTable { get; }

    /// <summary>Whether it stays as it is: frozen word vectors, the mean of the frames.</summary>
    public bool IsFixed { get; }

    /// <summary>Whether the numbers are added to something, not multiplied with it: weight decay spares them.</summary>
    public bool IsBias { get; init; }

    /// <summary>The number that takes the place of each where an older model has none of this name; null where every model has them.</summary>
    public float? WhereMissing { get; init; }

    /// <summary>How the numbers lie in the graph, where they lie otherwise there.</summary>
    public GraphForm? Form { get; set; }

    /// <summary>The rows that the last <see cref="Touch"/> took; null where a step changes all of the numbers.</summary>
    public int[]? TouchedRows { get; private set; }

    /// <summary>The gradient of the last backward pass: of all numbers, or of the touched rows [U,E]; null before the first and where it is fixed.</summary>
    public Tensor? Gradient => IsFixed ? null : IsTable ? _touched?.grad : Value.grad;

    /// <summary>Takes rows of a table out for one step. The gradient will be that of these rows.</summary>
    /// <returns>[U,E], a leaf of the autograd graph; it lives in the dispose scope of the step.</returns>
    /// <exception cref="InvalidOperationException">The step has taken rows of this table before: their gradient would be lost.</exception>
    public Tensor Touch(int[] rows)
    {
        using Tensor index = tensor(rows, ScalarType.Int64);
        using Tensor taken = Value.index_select(0, index);          // [U,E]
        if (IsFixed || !is_grad_enabled()) return taken.detach();
        if (_touched is not null)
            throw new InvalidOperationException($"Table '{Name}': expected one lookup between two calls of ClearGradient, got a second one. Look all rows of a step up together.");
        TouchedRows = rows;
        return _touched = taken.detach().requires_grad_(true);
    }

    public void ClearGradient()
    {
        if (IsTable)
        {
            (_touched, TouchedRows) = (null, null);
            return;
        }
        using Tensor? gradient = Value.grad;
        gradient?.zero_();
    }

    public float[] ToArray() => Value.Span().ToArray();

    public void Restore(ReadOnlySpan<float> numbers) => numbers.CopyTo(Value.Span());

    /// <summary>Adds the numbers to a graph, as weights of their name.</summary>
    public string Export(OnnxGraph graph) =>
        Form is { } form ? graph.Constant(Name, form.ToGraph(ToArray()), form.Shape) : graph.Constant(Name, Value.Span(), Value.shape);

    /// <summary>Takes over the numbers of a graph. A table may have more rows than the graph: the additional ones stay as they are.</summary>
    /// <exception cref="FormatException">The graph has another number of them.</exception>
    public void Import(float[] numbers)
    {
        float[] own = Form is { } form ? form.FromGraph(numbers) : numbers;
        long expected = Value.numel();
        bool fits = IsTable ? own.Length <= expected && own.Length % Value.shape[^1] == 0 : own.Length == expected;
        if (!fits) throw new FormatException($"Weight '{Name}': expected {expected} numbers, got {own.Length}. The model is another network than its options say.");
        Restore(own);
    }

    public void Dispose() => Value.Dispose();
}

/// <summary>Numbers that lie otherwise in a graph.</summary>
/// <param name="Shape">Their shape there.</param>
/// <param name="ToGraph">From ours to the graph's.</param>
/// <param name="FromGraph">Back.</param>
internal sealed record GraphForm(long[] Shape, Func<float[], float[]> ToGraph, Func<float[], float[]> FromGraph);
