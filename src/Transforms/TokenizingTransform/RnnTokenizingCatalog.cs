using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tokenization;
using MlNetRnn.TokenizingTransform;

namespace Microsoft.ML;

/// <summary>The tokenizer of the trainers as a transform in a pipeline.</summary>
public static class RnnTokenizingCatalog
{
    /// <summary>
    /// Creates a transform that splits texts into tokens, as the trainers do, and adds the position of each token. With it, a tagger that was trained on tokens
    /// can process texts: <c>New York.</c> becomes <c>New</c>, <c>York</c> and <c>.</c>
    /// </summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>column</term><description>type and content</description></listheader>
    /// <item><term>NAME</term><description><c>Vector&lt;String&gt;</c>: the tokens</description></item>
    /// <item><term>NAME.Start</term><description><c>Vector&lt;Int32&gt;</c>: the position of the first character of each token in the text, in UTF-16
    /// characters</description></item>
    /// <item><term>NAME.Length</term><description><c>Vector&lt;Int32&gt;</c>: the number of UTF-16 characters of the text that each token
    /// covers</description></item>
    /// </list>
    /// In a row class, <c>[ColumnName("Tokens.Start")] public int[] Starts { get; set; }</c> reads the second column.
    /// </remarks>
    /// <example>
    /// <code>
    /// ITransformer reader = ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text").Fit(texts).Append(tagger);
    /// </code>
    /// </example>
    /// <param name="catalog">The text transforms catalog.</param>
    /// <param name="outputColumnName">NAME: the column that receives the tokens.</param>
    /// <param name="inputColumnName">The column of texts (<c>String</c>); <see langword="null"/> for <paramref name="outputColumnName"/>.</param>
    /// <param name="tokenization">The way in which texts are split.</param>
    /// <returns>The estimator.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static RnnTokenizingEstimator TokenizeWithOffsets(
        this TransformsCatalog.TextTransforms catalog,
        string outputColumnName,
        string? inputColumnName = null,
        RnnTokenization tokenization = RnnTokenization.Word)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnName is not null) ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        SupportedMLNet.Require();
        return new RnnTokenizingEstimator(new TokenColumns(inputColumnName ?? outputColumnName, outputColumnName, tokenization, WordTokenizer.CurrentRules));
    }
}
