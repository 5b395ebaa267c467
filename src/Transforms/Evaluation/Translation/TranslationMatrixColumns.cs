using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Evaluation;

/// <summary>The names of the columns of an evaluation by language.</summary>
/// <param name="Reference">The references.</param>
/// <param name="Translation">The translations.</param>
/// <param name="SourceLanguage">The languages of the sources; null if they are not known.</param>
/// <param name="TargetLanguage">The languages of the references.</param>
/// <param name="Source">The sources; null if they are not read.</param>
/// <param name="Pivot">The translations through a third language; null if there are none.</param>
internal sealed record TranslationMatrixColumns(
    string Reference, string Translation, string? SourceLanguage, string TargetLanguage, string? Source, string? Pivot)
{
    /// <summary>Evaluates rows.</summary>
    /// <exception cref="ArgumentException">There are no rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="InvalidOperationException">A row has no reference or no language.</exception>
    public RnnTranslationMatrix Evaluate(IDataView data, RnnTranslationEvaluationOptions options)
    {
        DataViewSchema schema = data.Schema;
        DataViewSchema.Column reference = EvaluationColumns.BindReferences(schema, Reference);
        DataViewSchema.Column translation = TextColumn.Bind(schema, "translation", Translation);
        DataViewSchema.Column targetLanguage = TextColumn.Bind(schema, "target language", TargetLanguage);
        DataViewSchema.Column? sourceLanguage = Bind("source language", SourceLanguage), pivot = Bind("pivot translation", Pivot);
        // A source helps to identify languages only if its own language is known.
        DataViewSchema.Column? source = sourceLanguage is null ? null : Bind("source", Source);
        DataViewSchema.Column[] all = [reference, translation, targetLanguage, .. new[] { sourceLanguage, pivot, source }.OfType<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = data.GetRowCursor(all.DistinctBy(column => column.Index));
        Func<string[]> readReferences = EvaluationColumns.OpenReferences(cursor, reference);
        Func<string> readTranslation = EvaluationColumns.OpenText(cursor, translation);
        Func<string> readTargetLanguage = EvaluationColumns.OpenName(cursor, "target language", targetLanguage);
        Func<string>? readSourceLanguage = sourceLanguage is { } from ? EvaluationColumns.OpenName(cursor, "source language", from) : null;
        Func<string>? readPivot = Open(pivot), readSource = Open(source);
        var counts = new TranslationMatrixCounts(options);
        while (cursor.MoveNext())
        {
            string own = readSourceLanguage?.Invoke() ?? "", target = readTargetLanguage();
            counts.Add(own, target, readTranslation(), readPivot?.Invoke(), readReferences());
            if (readSource is not null) counts.AddSource(own, readSource());
        }
        return counts.ToMatrix() ?? throw EvaluationColumns.NoRows(nameof(data));

        DataViewSchema.Column? Bind(string role, string? name) => name is null ? null : TextColumn.Bind(schema, role, name);

        Func<string>? Open(DataViewSchema.Column? column) => column is { } bound ? EvaluationColumns.OpenText(cursor, bound) : null;
    }
}
