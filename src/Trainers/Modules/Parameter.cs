using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A tensor of numbers in a network. A table (word embeddings) is trained row by row: a step uses only the rows of its batch, so that neither gradient nor
/// optimizer takes time for words that do not occur.
/// </summary>
internal sealed class Parameter : IDisposable
{
    private readonly List<(int[] Rows, Tensor Leaf)> _lookups = [];
    private (int[] Rows, Tensor? Gradient)? _joined;

    public Parameter(string name, Tensor value, bool isTable = false, bool isFixed = false)
    {
        (Name, Value, IsTable, IsFixed) = (name, value.requires_grad_(!isTable && !isFixed).DetachFromDisposeScope(), isTable, isFixed);
    }

    /// <summary>Name of the numbers in the exported graph.</summary>
    public string Name { get; }

    public Tensor Value { get; }

    /// <summary>Returns the numbers on a device. Their gradient is transferred back.</summary>
    public Tensor On(Device device) => device.type == DeviceType.CPU ? Value : Value.to(device);

    /// <summary>Whether the parameter is trained row by row.</summary>
    public bool IsTable { get; }

    /// <summary>Whether training does not change the numbers: frozen word vectors, the mean of the frames.</summary>
    public bool IsFixed { get; }

    /// <summary>Whether the numbers are a copy of others at the end of an epoch. They belong to the model, but no step changes them.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Whether the numbers are added rather than multiplied. Weight decay does not apply to them.</summary>
    public bool IsBias { get; init; }

    /// <summary>Value of all numbers if an older model does not contain this parameter; null if every model contains it.</summary>
    public float? WhereMissing { get; init; }

    /// <summary>Layout of the numbers in the graph, if it differs from the layout here.</summary>
    public GraphForm? Form { get; set; }

    /// <summary>Distinct rows that the lookups of the step used, [U]; null if a step changes all numbers.</summary>
    public int[]? TouchedRows => _lookups.Count == 0 ? null : _lookups.Count == 1 ? _lookups[0].Rows : Joined().Rows;

    /// <summary>
    /// Gradient of the last backward pass: of all numbers, or of <see cref="TouchedRows"/>, [U,E]. Null before the first pass and if the parameter is fixed.
    /// </summary>
    public Tensor? Gradient =>
        IsFixed ? null
        : !IsTable ? Value.grad
        : _lookups.Count == 0 ? null
        : _lookups.Count == 1 ? _lookups[0].Leaf.grad
        : Joined().Gradient;

    /// <summary>Returns rows of a table for one step. A step may look up rows several times; the gradients of a row are added.</summary>
    /// <param name="rows">Distinct rows.</param>
    /// <returns>[U,E], a leaf of the autograd graph that belongs to the dispose scope of the step.</returns>
    public Tensor Touch(int[] rows)
    {
        using Tensor index = tensor(rows, ScalarType.Int64);
        using Tensor taken = Value.index_select(0, index);          // [U,E]
        if (IsFixed || !is_grad_enabled()) return taken.detach();
        Tensor leaf = taken.detach().requires_grad_(true);
        _lookups.Add((rows, leaf));
        _joined = null;
        return leaf;
    }

    public void ClearGradient()
    {
        if (IsTable)
        {
            _lookups.Clear();
            _joined = null;
            return;
        }
        using Tensor? gradient = Value.grad;
        gradient?.zero_();
    }

    public float[] ToArray() => Value.Span().ToArray();

    public void Restore(ReadOnlySpan<float> numbers) => numbers.CopyTo(Value.Span());

    /// <summary>Adds the numbers to a graph as weights with their name.</summary>
    public string Export(OnnxGraph graph) =>
        Form is { } form ? graph.Constant(Name, form.ToGraph(ToArray()), form.Shape) : graph.Constant(Name, Value.Span(), Value.shape);

    /// <summary>Copies the numbers from a graph. A table may have more rows than the graph; the additional rows do not change.</summary>
    /// <exception cref="FormatException">The graph has a different number of them.</exception>
    public void Import(float[] numbers)
    {
        float[] own = Form is { } form ? form.FromGraph(numbers) : numbers;
        long expected = Value.numel();
        bool fits = IsTable ? own.Length <= expected && own.Length % Value.shape[^1] == 0 : own.Length == expected;
        if (!fits) throw new FormatException($"Weight '{Name}': expected {expected} numbers, got {own.Length}. The model does not match its options.");
        Restore(own);
    }

    public void Dispose() => Value.Dispose();

    /// <summary>Adds the gradients of several lookups row by row. The rows are those of the lookups; the gradient is null before the backward pass.</summary>
    private (int[] Rows, Tensor? Gradient) Joined()
    {
        if (_joined is { } joined && joined.Gradient is not null) return joined;
        int[] rows = [.. _lookups.SelectMany(lookup => lookup.Rows).Distinct()];
        Tensor[] gradients = [.. _lookups.Select(lookup => lookup.Leaf.grad).OfType<Tensor>()];
        if (gradients.Length == 0) return (rows, null);
        Dictionary<int, long> places = Enumerable.Range(0, rows.Length).ToDictionary(i => rows[i], i => (long)i);
        Tensor sum = zeros([rows.Length, Value.shape[1]], ScalarType.Float32);                          // [U,E]
        foreach ((int[] own, Tensor leaf) in _lookups)
        {
            using Tensor? gradient = leaf.grad;
            if (gradient is null) continue;
            using Tensor index = tensor(Array.ConvertAll(own, row => places[row]));
            sum.index_add_(0, index, gradient, Scalars.One);
        }
        _joined = (rows, sum);
        return (rows, sum);
    }
}

/// <summary>The layout of a parameter in a graph.</summary>
/// <param name="Shape">Shape in the graph.</param>
/// <param name="ToGraph">Converts our numbers to those of the graph.</param>
/// <param name="FromGraph">Converts the numbers of the graph to ours.</param>
internal sealed record GraphForm(long[] Shape, Func<float[], float[]> ToGraph, Func<float[], float[]> FromGraph);
