using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Symbols;
using MlNetRnn.Tasks;

namespace MlNetRnn.LanguageModels;

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
