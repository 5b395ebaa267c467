using MlNetRnn;
using MlNetRnn.Columns;
using MlNetRnn.Evaluation;

namespace Microsoft.ML;

/// <summary>Evaluation of translations, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTranslationEvaluationCatalog
{
    /// <summary>
    /// Compares translations, or any texts, with their references: BLEU and chrF2 as sacrebleu computes them (Post, 2018), token accuracy, exact match.
    /// </summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="data">The rows.</param>
    /// <param name="referenceColumnName">The column of the references: <c>String</c>, or <c>Vector&lt;String&gt;</c> for several references of a row.</param>
    /// <param name="translationColumnName">The column of the translations (<c>String</c>). A missing text is an empty one.</param>
    /// <param name="options">The options; <see langword="null"/> for those of sacrebleu.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">An option is not valid, or there are no rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="InvalidOperationException">A row has no reference.</exception>
    /// <example>
    /// <code>
    /// RnnTranslationMetrics metrics = ml.Rnn().EvaluateTranslation(translated, "German", "Translation");
    /// Console.WriteLine(metrics.Bleu);             // BLEU = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)
    /// Console.WriteLine(metrics.Bleu.Signature);
    /// </code>
    /// </example>
    public static RnnTranslationMetrics EvaluateTranslation(
        this RnnOperationsCatalog operations,
        IDataView data,
        string referenceColumnName = "Target",
        string translationColumnName = "Translation",
        RnnTranslationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(referenceColumnName);
        ArgumentException.ThrowIfNullOrEmpty(translationColumnName);
        options ??= new();
        options.Validate(nameof(options));
        DataViewSchema.Column translation = TextColumn.Bind(data.Schema, "translation", translationColumnName);
        DataViewSchema.Column reference = EvaluationColumns.BindReferences(data.Schema, referenceColumnName);
        var counts = new TranslationCounts(options);
        using DataViewRowCursor cursor = data.GetRowCursor([translation, reference]);
        Func<string> readOwn = EvaluationColumns.OpenText(cursor, translation);
        Func<string[]> readReferences = EvaluationColumns.OpenReferences(cursor, reference);
        while (cursor.MoveNext()) counts.Add(readOwn(), readReferences());
        return counts.Rows > 0 ? new RnnTranslationMetrics(counts, options) : throw EvaluationColumns.NoRows(nameof(data));
    }
}
