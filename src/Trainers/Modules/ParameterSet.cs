using MlNetRnn.Kernels;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// All parameters of a network, and the source of their initial values. A module that occurs twice has its parameters in two scopes (<see cref="Within"/>).
/// </summary>
internal sealed class ParameterSet : IDisposable
{
    /// <summary>Maximum size of a serialized graph, which contains the weights of a model.</summary>
    private const long MaximumBytes = int.MaxValue - (1 << 24);

    private readonly Generator _random;
    private readonly string _scope;
    private readonly ParameterSet _root;
    private readonly List<Parameter> _parameters;
    private long _bytes;

    public ParameterSet(Generator random) => (_random, _scope, _root, _parameters) = (random, "", this, []);

    private ParameterSet(ParameterSet root, string scope) => (_random, _scope, _root, _parameters) = (root._random, scope, root, root._parameters);

    public IReadOnlyList<Parameter> All => _parameters;

    /// <summary>Parameters that training changes.</summary>
    public IReadOnlyList<Parameter> Trainable => [.. _parameters.Where(parameter => !parameter.IsFixed)];

    /// <summary>Returns the same set with another scope: the names of the parameters that are added through it begin with the scope and a dot.</summary>
    /// <param name="scope">A name, such as <c>decoder</c>.</param>
    public ParameterSet Within(string scope) => new(_root, $"{_scope}{scope}.");

    /// <summary>Adds numbers that are initially uniform in ±<paramref name="bound"/>.</summary>
    public Parameter Uniform(string name, float bound, params long[] shape) =>
        Add(name, shape, full => new Parameter(full, rand(shape, ScalarType.Float32, generator: _random).TimesInPlace(2 * bound).PlusInPlace(-bound)));

    /// <summary>
    /// Adds a table that is initially normal with mean 0, with one row per entry. It includes the row <see cref="SpecialTokens.Padding"/>, which is never read.
    /// </summary>
    public Parameter NormalTable(string name, float deviation, bool isFixed, params long[] shape) =>
        Add(name, shape, full => new Parameter(full, randn(shape, ScalarType.Float32, generator: _random).TimesInPlace(deviation), isTable: true, isFixed));

    /// <summary>Adds numbers that are initially 0, and that older models need not contain.</summary>
    public Parameter Zero(string name, params long[] shape) =>
        Add(name, shape, full => new Parameter(full, zeros(shape, ScalarType.Float32)) { WhereMissing = 0 });

    /// <summary>Adds a table that is initially 0, with one row per entry, and that older models need not contain.</summary>
    public Parameter ZeroTable(string name, bool isCopy, params long[] shape) =>
        Add(name, shape, full => new Parameter(full, zeros(shape, ScalarType.Float32), isTable: true) { WhereMissing = 0, IsCopy = isCopy });

    /// <summary>Adds a bias with the same initial value everywhere.</summary>
    public Parameter Bias(string name, float value, params long[] shape) =>
        Add(name, shape, fullName => new Parameter(fullName, Scalars.Filled(shape, value)) { IsBias = true });

    /// <summary>Adds numbers that training does not change.</summary>
    /// <param name="name">Name of the numbers.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="whereMissing">Value of all numbers if an older model does not contain them; null if every model contains them.</param>
    public Parameter Fixed(string name, float[] numbers, float? whereMissing = null) =>
        Add(name, [numbers.Length], full => new Parameter(full, tensor(numbers), isFixed: true) { WhereMissing = whereMissing });

    /// <summary>Copies the weights of a trained network.</summary>
    /// <param name="weights">The initializers of its graph by name.</param>
    /// <exception cref="FormatException">The graph is that of a different network.</exception>
    public void Import(IReadOnlyDictionary<string, float[]> weights)
    {
        foreach (Parameter parameter in _parameters)
        {
            if (weights.TryGetValue(parameter.Name, out float[]? numbers)) parameter.Import(numbers);
            else if (parameter.WhereMissing is { } number) parameter.Value.Span().Fill(number);
            else
            {
                throw new FormatException($"Weight '{parameter.Name}': expected it in the model's graph, got only {string.Join(", ", weights.Keys)}. "
                    + "The model does not match its options.");
            }
        }
    }

    public void Dispose()
    {
        foreach (Parameter parameter in _parameters) parameter.Dispose();
    }

    /// <exception cref="InvalidOperationException">The network is too large, or two parameters have the same name.</exception>
    private Parameter Add(string name, long[] shape, Func<string, Parameter> make)
    {
        string full = _scope + name;
        if (_parameters.Any(other => other.Name == full))
            throw new InvalidOperationException($"Parameter '{full}': expected a name that occurs once, got it a second time. Add the module in a scope.");
        _root._bytes += shape.Aggregate((long)sizeof(float), (product, size) => product * size);
        if (_root._bytes > MaximumBytes)
        {
            throw new InvalidOperationException(
                $"Network: expected at most {MaximumBytes >> 20} MB of weights, got {_root._bytes >> 20} MB with '{full}' [{string.Join(',', shape)}]. "
                + "Lower MaximumVocabularySize, EmbeddingSize or HiddenSize.");
        }
        Parameter parameter = make(full);
        _parameters.Add(parameter);
        return parameter;
    }
}
