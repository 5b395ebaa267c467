using MlNetRnn;
using MlNetRnn.Evaluation;

namespace Microsoft.ML;

/// <summary>Evaluation of translations between several languages, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnTranslationMatrixCatalog
{
    /// <summary>
    /// Compares translations with their references for each pair of languages in the data: the metrics of
    /// <see cref="RnnTranslationEvaluationCatalog.EvaluateTranslation"/>, beside those of translations through a third language, and the share of translations
    /// in a wrong language (off-target rate; Zhang et al., 2020).
    /// </summary>
    /// <remarks>
    /// The language of a translation is identified from the data: for each language, a model of the letters in words (interpolated Kneser-Ney trigrams) is
    /// learned from the references and sources, each different text once; the language with the highest probability of the translation is chosen.
    /// <see cref="RnnTranslationMatrix.Identification"/> measures these models on texts that were not learned from. All rows are in memory.
    /// </remarks>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="data">The rows.</param>
    /// <param name="referenceColumnName">The column of the references: <c>String</c>, or <c>Vector&lt;String&gt;</c> for several references of a row.</param>
    /// <param name="translationColumnName">The column of the translations (<c>String</c>). A missing text is an empty one.</param>
    /// <param name="sourceLanguageColumnName">
    /// The column with the language of each source (<c>String</c>); <see langword="null"/> for one entry for each target language.
    /// </param>
    /// <param name="targetLanguageColumnName">The column with the language of each reference (<c>String</c>).</param>
    /// <param name="sourceColumnName">
    /// The column of the sources (<c>String</c>), from which source languages are learned, too, so that copies of sources are identified. It is read only if
    /// there is a column of source languages. <see langword="null"/> if there are no sources.
    /// </param>
    /// <param name="pivotColumnName">
    /// The column of translations through a third language (<c>String</c>), for comparison; <see langword="null"/> if there are none. Leave the text of a row
    /// empty if its pair is not translated in this way.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for those of sacrebleu.</param>
    /// <returns>The metrics of each pair.</returns>
    /// <exception cref="ArgumentException">An option is not valid, or there are no rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="InvalidOperationException">A row has no reference or no language.</exception>
    /// <example>
    /// <code>
    /// RnnTranslationMatrix matrix = ml.Rnn().EvaluateTranslationByLanguage(model.Transform(testRows));
    /// Console.WriteLine(matrix);
    /// Console.WriteLine(matrix["nl", "fr"]!.OffTargetRate);
    /// </code>
    /// </example>
    public static RnnTranslationMatrix EvaluateTranslationByLanguage(
        this RnnOperationsCatalog operations,
        IDataView data,
        string referenceColumnName = "Target",
        string translationColumnName = "Translation",
        string? sourceLanguageColumnName = "SourceLanguage",
        string targetLanguageColumnName = "TargetLanguage",
        string? sourceColumnName = "Source",
        string? pivotColumnName = null,
        RnnTranslationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(referenceColumnName);
        ArgumentException.ThrowIfNullOrEmpty(translationColumnName);
        ArgumentException.ThrowIfNullOrEmpty(targetLanguageColumnName);
        options ??= new();
        options.Validate(nameof(options));
        return new TranslationMatrixColumns(
            referenceColumnName, translationColumnName, sourceLanguageColumnName, targetLanguageColumnName, sourceColumnName, pivotColumnName)
            .Evaluate(data, options);
    }
}
