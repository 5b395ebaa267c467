using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>All trainable numbers of a network, and the source of their first values.</summary>
internal sealed class ParameterSet(Generator random) : IDisposable
{
    /// <summary>What a serialised graph can hold; the weights of a model are one.</summary>
    private const long MaximumBytes = int.MaxValue - (1 << 24);

    private readonly List<Parameter> _parameters = [];
    private long _bytes;

    public IReadOnlyList<Parameter> All => _parameters;

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public Parameter Uniform(string name, float bound, params long[] shape) => Add(name, shape, s => rand(s, ScalarType.Float32, generator: random).mul_(2 * bound).sub_(bound));

    /// <summary>Normal with mean 0, one row an entry; row <see cref="Sequences.SpecialTokens.Padding"/> included, which nothing reads.</summary>
    public Parameter NormalTable(string name, float deviation, params long[] shape) =>
        Add(name, shape, s => randn(s, ScalarType.Float32, generator: random).mul_(deviation), isTable: true);

    public Parameter Constant(string name, float value, params long[] shape) => Add(name, shape, s => full(s, value, ScalarType.Float32));

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters) parameter.Dispose();
    }

    private Parameter Add(string name, long[] shape, Func<long[], Tensor> value, bool isTable = false)
    {
        _bytes += shape.Aggregate((long)sizeof(float), (product, size) => product * size);
        if (_bytes > MaximumBytes)
            throw new InvalidOperationException($"Network: expected at most {MaximumBytes >> 20} MB of weights, got {_bytes >> 20} MB with '{name}' [{string.Join(',', shape)}]. Lower MaximumVocabularySize, EmbeddingSize or HiddenSize.");
        var parameter = new Parameter(name, value(shape), isTable);
        _parameters.Add(parameter);
        return parameter;
    }
}
