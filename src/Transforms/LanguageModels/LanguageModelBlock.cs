using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Symbols;
using MlNetRnn.Tasks;

namespace MlNetRnn.LanguageModels;

/// <summary>The rows of one cursor that are scored together: their symbols, and the log-probabilities, which are computed on first use.</summary>
internal sealed class LanguageModelBlock(LanguageModel model, IReadOnlyList<LanguageModelOutput> outputs, Action<List<int>> read) : IRowBlock
{
    /// <summary>The number of symbols that fills a block: 16 MB.</summary>
    private const int SymbolsPerBlock = 1 << 20;

    private readonly List<int[]> _sequences = [];
    private readonly List<int> _symbols = [];
    private float[][]? _logProbabilities;
    private long _count;

    public bool IsFull => _count >= SymbolsPerBlock;

    public void Clear()
    {
        _sequences.Clear();
        _logProbabilities = null;
        _count = 0;
    }

    public void Read()
    {
        _symbols.Clear();
        _symbols.Add(SymbolCodec.Boundary);
        read(_symbols);
        _symbols.Add(SymbolCodec.Boundary);
        _sequences.Add([.. _symbols]);
        _count += _symbols.Count;
    }

    public Delegate CreateGetter(int output, Func<int> current) => outputs[output].CreateGetter(() => RowOf(current()));

    private ScoredSymbols RowOf(int row)
    {
        if (_logProbabilities is null)
        {
            float[][] results = [.. _sequences.Select(sequence => new float[sequence.Length - 1])];
            model.Score(_sequences, results);
            _logProbabilities = results;
        }
        return new ScoredSymbols(_sequences[row], _logProbabilities[row]);
    }
}

/// <summary>The symbols of a row with their log-probabilities.</summary>
/// <param name="Symbols">The symbols, which begin and end with the boundary.</param>
/// <param name="LogProbabilities">The log-probability of each symbol but the first.</param>
internal readonly record struct ScoredSymbols(int[] Symbols, float[] LogProbabilities)
{
    /// <summary>The log-probability of the row.</summary>
    public double LogProbability
    {
        get
        {
            double sum = 0;
            foreach (float logProbability in LogProbabilities) sum += logProbability;
            return sum;
        }
    }
}

/// <summary>A column that a language model adds.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Type">The type of the column.</param>
/// <param name="CreateGetter">Creates a ValueGetter, given a function that returns the current row.</param>
internal sealed record LanguageModelOutput(string Name, DataViewType Type, Func<Func<ScoredSymbols>, Delegate> CreateGetter)
{
    /// <summary>Returns the columns of a model.</summary>
    public static LanguageModelOutput[] Of(LanguageModelColumns columns, SymbolCodec codec)
    {
        var all = new List<LanguageModelOutput>
        {
            new(columns.LogProbability, NumberDataViewType.Single, row => Number(() => (float)row().LogProbability)),
            new(columns.Perplexity, NumberDataViewType.Single, row => Number(() => Perplexity(row()))),
        };
        if (columns.Symbols is { } symbols)
            all.Add(new(symbols, new VectorDataViewType(TextDataViewType.Instance), row => Getters.Vector(() => Texts(row(), codec))));
        if (columns.SymbolLogProbabilities is { } each)
            all.Add(new(each, new VectorDataViewType(NumberDataViewType.Single), row => Getters.Vector(() => row().LogProbabilities)));
        return [.. all];
    }

    /// <summary>Returns the columns of the schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> Shape(LanguageModelColumns columns)
    {
        yield return SchemaShapes.Scalar(columns.LogProbability, NumberDataViewType.Single);
        yield return SchemaShapes.Scalar(columns.Perplexity, NumberDataViewType.Single);
        if (columns.Symbols is { } symbols) yield return SchemaShapes.VariableVector(symbols, TextDataViewType.Instance);
        if (columns.SymbolLogProbabilities is { } each) yield return SchemaShapes.VariableVector(each, NumberDataViewType.Single);
    }

    private static float Perplexity(ScoredSymbols row) => (float)Math.Exp(-row.LogProbability / row.LogProbabilities.Length);

    private static ReadOnlyMemory<char>[] Texts(ScoredSymbols row, SymbolCodec codec) =>
        Array.ConvertAll(row.Symbols[1..], symbol => codec.TextOf(symbol).AsMemory());

    private static Delegate Number(Func<float> get)
    {
        ValueGetter<float> getter = (ref float value) => value = get();
        return getter;
    }
}
