using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>All trainable numbers of a network, and the source of their first values.</summary>
internal sealed class ParameterSet(Generator random) : IDisposable
{
    private readonly List<Parameter> _parameters = [];

    public IReadOnlyList<Parameter> All => _parameters;

    /// <summary>Uniform in ±<paramref name="bound"/>.</summary>
    public Parameter Uniform(string name, float bound, params long[] shape) => Add(name, Random(shape).mul_(2 * bound).sub_(bound));

    /// <summary>Normal with mean 0, one row an entry; row <see cref="Sequences.SpecialTokens.Padding"/> included, which nothing reads.</summary>
    public Parameter NormalTable(string name, float deviation, params long[] shape) => Add(name, randn(shape, generator: random).mul_(deviation), isTable: true);

    public Parameter Constant(string name, float value, params long[] shape) => Add(name, full(shape, value));

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters) parameter.Dispose();
    }

    private Tensor Random(long[] shape) => rand(shape, generator: random);

    private Parameter Add(string name, Tensor value, bool isTable = false)
    {
        var parameter = new Parameter(name, value, isTable);
        _parameters.Add(parameter);
        return parameter;
    }
}
