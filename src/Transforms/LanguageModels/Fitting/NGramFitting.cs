using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.MLNetBridge;
using MlNetRnn.NGrams;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>Fits an n-gram model to rows: reads them twice, to learn the symbols and to count the n-grams; cancels between and during both.</summary>
/// <param name="host">Provides log and cancel flag.</param>
/// <param name="options">The options of the trainer.</param>
internal sealed class NGramFitting(IHost host, NGramLanguageModelOptions options)
{
    public SchemaShape OutputSchema(SchemaShape input)
    {
        SymbolColumn.Of(input, options.InputColumnName);
        return input.With(LanguageModelOutput.Shape(options.Columns));
    }

    public RnnLanguageModelTransformer Fit(IDataView input)
    {
        SymbolColumn column = SymbolColumn.Of(input.Schema, options.InputColumnName);
        var rows = new SymbolRows(input, column, input.Schema[options.InputColumnName], Check);
        using IChannel channel = host.Start("Training");
        NGramLanguageModelOptions effective = options with { Unit = column.UnitOf(options.Unit) };
        SymbolCodec codec = rows.Learn(
            effective.Unit, (_, length) => ..length, effective.EffectiveMinimumCount, effective.EffectiveMaximumSize, out long countError);
        NGramModel model = Count(rows, codec, effective.EffectiveOrder, channel);
        SymbolWarnings.Write(channel, codec, countError);
        var spec = new LanguageModelSpec
        {
            InputColumn = options.InputColumnName,
            InputKind = column.Kind.Name,
            Columns = options.Columns,
            Model = NGramLanguageModel.KindName,
            Options = JsonSerializer.SerializeToElement(options, NGramOptionsJson.Default.NGramLanguageModelOptions),
        };
        return new RnnLanguageModelTransformer(spec, new NGramLanguageModel(codec, model));
    }

    private NGramModel Count(SymbolRows rows, SymbolCodec codec, int order, IChannel channel)
    {
        NGramBuilder builder = NGramBuilder.Create(codec.Count, order);
        long count = 0;
        rows.Encode(codec, (_, length) => [Range.EndAt(length)], (_, _, symbols) =>
        {
            symbols.Add(SymbolCodec.Boundary);
            builder.Add(CollectionsMarshal.AsSpan(symbols));
            count += symbols.Count;
        });
        if (count == 0)
            throw new InvalidOperationException(
                $"The training data: expected at least one row in the column '{options.InputColumnName}', got none. Check the data.");
        NGramModel model = builder.Build(options.MinimumNGramCount, Check);
        NGramFile.CheckSize(model);
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"counted {model.Order}-grams of {count} symbols; the vocabulary has {codec.Count} symbols"));
        return model;
    }

    private void Check() => TrainingCancellation.Check(host, options.CancellationToken);
}
