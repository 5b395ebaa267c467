using MlNetRnn;
using MlNetRnn.Evaluation;

namespace Microsoft.ML;

/// <summary>Evaluation of captions, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnCaptioningEvaluationCatalog
{
    /// <summary>
    /// Compares captions of images, or any texts, with their references: BLEU-1 to BLEU-4, CIDEr-D and ROUGE-L as coco-caption computes them (Chen et al.,
    /// 2015), METEOR of equal words and stems, and the variety of the captions.
    /// </summary>
    /// <remarks>
    /// An image has one row, or several rows with the same image ID: their references are collected. References without words are left out. All captions
    /// and references are in memory.
    /// </remarks>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="data">The rows.</param>
    /// <param name="referenceColumnName">The column of the references: <c>String</c>, or <c>Vector&lt;String&gt;</c> for several references of a row.</param>
    /// <param name="captionColumnName">The column of the captions (<c>String</c>). A missing text is an empty one.</param>
    /// <param name="imageIdColumnName">
    /// The column that identifies the image of each row (<c>String</c> or a number); <see langword="null"/> if each row is an image of its own. The rows of an
    /// image do not have to be adjacent; they must have the same caption.
    /// </param>
    /// <param name="trainingData">
    /// The training data, to compute the share of captions that do not occur in it; <see langword="null"/> to leave this share out.
    /// </param>
    /// <param name="trainingCaptionColumnName">
    /// The column of the captions in the training data: <c>String</c> or <c>Vector&lt;String&gt;</c>. <see langword="null"/> for
    /// <paramref name="referenceColumnName"/>.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for those of coco-caption.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">
    /// An option is not valid, there are no rows, or there is a column of training captions without training data.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="InvalidOperationException">An image has no reference or different captions, or a row has no image ID.</exception>
    /// <example>
    /// <code>
    /// RnnCaptioningMetrics metrics = ml.Rnn().EvaluateCaptioning(captioned, "References", "Caption", trainingData: trainingRows);
    /// Console.WriteLine($"BLEU-4 {metrics.Bleu4:F3}, CIDEr-D {metrics.CiderD:F3}, new {metrics.NewCaptions:P1}");
    /// </code>
    /// </example>
    public static RnnCaptioningMetrics EvaluateCaptioning(
        this RnnOperationsCatalog operations,
        IDataView data,
        string referenceColumnName = "References",
        string captionColumnName = "Caption",
        string? imageIdColumnName = null,
        IDataView? trainingData = null,
        string? trainingCaptionColumnName = null,
        RnnCaptioningEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(referenceColumnName);
        ArgumentException.ThrowIfNullOrEmpty(captionColumnName);
        if (trainingData is null && trainingCaptionColumnName is not null)
            throw new ArgumentException(
                $"Training captions: expected training data with a column '{trainingCaptionColumnName}', got no training data. Pass both, or leave both out.",
                nameof(trainingData));
        options ??= new();
        options.Validate(nameof(options));
        Func<string, string[]> tokenize = CaptionTokens.Of(options.Tokenization);
        IReadOnlySet<string>? training = trainingData is null
            ? null
            : CaptioningColumns.ReadTraining(trainingData, trainingCaptionColumnName ?? referenceColumnName, tokenize);
        return new RnnCaptioningMetrics(new CaptioningColumns(referenceColumnName, captionColumnName, imageIdColumnName).Read(data, tokenize), training);
    }
}
