using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.LanguageModels;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;

namespace MlNetRnn.Evaluation;

/// <summary>Computes the counts of <see cref="RnnLanguageModelMetrics"/>.</summary>
internal static class LanguageModelEvaluation
{
    /// <summary>The number of symbols that are scored together, unless the model was trained on a stream: 8 MB.</summary>
    private const int SymbolsAtOnce = 1 << 20;

    private const string CheckName = "Check the name of the column.";

    /// <summary>Counts scored rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public static ScoredTextCounts Count(IDataView data, string text, string logProbability, string? symbolLogProbabilities)
    {
        SymbolColumn texts = SymbolColumn.Of(data.Schema, text);
        DataViewSchema.Column textColumn = data.Schema[text];
        DataViewSchema.Column sum = Bind(data.Schema, "log-probability", logProbability, "Single", type => type == NumberDataViewType.Single);
        DataViewSchema.Column? each = symbolLogProbabilities is null ? null : Bind(
            data.Schema, "symbol log-probabilities", symbolLogProbabilities, "Vector<Single>",
            type => type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Single);
        DataViewSchema.Column[] needed = [textColumn, sum, .. each is { } column ? [column] : Array.Empty<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = data.GetRowCursor(needed);
        var counts = new ScoredTextCounts { Symbols = each is null ? null : 0 };
        Action count = OpenCounter(texts, cursor, textColumn, counts);
        ValueGetter<float> get = cursor.GetGetter<float>(sum);
        ValueGetter<VBuffer<float>>? getEach = each is { } vectors ? cursor.GetGetter<VBuffer<float>>(vectors) : null;
        VBuffer<float> symbols = default;
        float value = 0;
        while (cursor.MoveNext())
        {
            count();
            get(ref value);
            counts.LogProbability += value;
            if (getEach is null) continue;
            getEach(ref symbols);
            counts.Symbols += symbols.Length;
        }
        return counts;
    }

    /// <summary>Scores rows with a model. Those of a model that was trained on a stream are read as one stream.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public static ScoredTextCounts Count(RnnLanguageModelTransformer model, IDataView data)
    {
        DataViewSchema.Column column = model.Input.Bind(data.Schema);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        var counts = new ScoredTextCounts { Symbols = 0, UnknownSymbols = 0 };
        Action count = OpenCounter(model.Input, cursor, column, counts);
        Action<List<int>> read = model.Input.OpenSymbols(cursor, column, model.Model.Codec);
        var (symbols, sequences) = (new List<int>(), new List<int[]>());
        long waiting = 0;
        while (cursor.MoveNext())
        {
            count();
            // In a stream, the boundary at the end of a row is the one at the beginning of the next.
            if (symbols.Count == 0) symbols.Add(SymbolCodec.Boundary);
            read(symbols);
            symbols.Add(SymbolCodec.Boundary);
            if (model.Spec.IsStream) continue;
            sequences.Add([.. symbols]);
            waiting += symbols.Count;
            symbols.Clear();
            if (waiting < SymbolsAtOnce) continue;
            Score(model.Model, sequences, counts);
            waiting = 0;
        }
        if (symbols.Count > 0) sequences.Add([.. symbols]);
        Score(model.Model, sequences, counts);
        return counts;
    }

    private static void Score(LanguageModel model, List<int[]> sequences, ScoredTextCounts counts)
    {
        if (sequences.Count == 0) return;
        float[][] results = [.. sequences.Select(sequence => new float[sequence.Length - 1])];
        model.Score(sequences, results);
        foreach (float[] result in results)
            foreach (float value in result) counts.LogProbability += value;
        counts.Symbols += results.Sum(result => (long)result.Length);
        counts.UnknownSymbols += sequences.Sum(sequence => (long)sequence.AsSpan().Count(SymbolCodec.Unknown));
        sequences.Clear();
    }

    /// <summary>Opens a method that counts the characters and words of the current row.</summary>
    private static Action OpenCounter(SymbolColumn column, DataViewRow source, DataViewSchema.Column bound, ScoredTextCounts counts)
    {
        if (column.OpenTexts(source, bound) is { } text) return () => counts.AddText(text().Span);
        var store = new SequenceStore();
        Func<int> units = column.OpenUnits(source, bound, new NoNames(), store);
        return () =>
        {
            store.Clear();
            counts.AddUnits(units());
        };
    }

    private static DataViewSchema.Column Bind(DataViewSchema schema, string role, string name, string expected, Func<DataViewType, bool> isValid)
    {
        DataViewSchema.Column column = schema.Require(role, name, expected, CheckName);
        return isValid(column.Type)
            ? column
            : throw SchemaMismatch.Mistyped(role, name, expected, column.Type.ToString()!, "Pass the rows that the language model has scored.", nameof(schema));
    }
}
