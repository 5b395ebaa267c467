using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tokenization;
using MlNetRnn.TokenizingTransform;


namespace Microsoft.ML;

/// <summary>The tokenizer of the trainers as a step of a pipeline.</summary>
public static class RnnTokenizingCatalog
{
    /// <summary>
    /// Cuts texts into tokens as the trainers do, and adds where each token stands. A tagger that was trained on tokens can thus be given texts: <c>New York.</c> becomes
    /// <c>New</c>, <c>York</c> and <c>.</c>
    /// </summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>column</term><description>type and content</description></listheader>
    /// <item><term>NAME</term><description><c>Vector&lt;String&gt;</c>: the tokens</description></item>
    /// <item><term>NAME.Start</term><description><c>Vector&lt;Int32&gt;</c>: where each begins in the text, in UTF-16 characters</description></item>
    /// <item><term>NAME.Length</term><description><c>Vector&lt;Int32&gt;</c>: how many UTF-16 characters of the text it covers</description></item>
    /// </list>
    /// In a row class, <c>[ColumnName("Tokens.Start")] public int[] Starts { get; set; }</c> reads the second.
    /// </remarks>
    /// <example>
    /// <code>
    /// ITransformer reader = ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text").Fit(texts).Append(tagger);
    /// </code>
    /// </example>
    /// <param name="catalog">The transforms of texts.</param>
    /// <param name="outputColumnName">NAME: the column that receives the tokens.</param>
    /// <param name="inputColumnName">The column of texts (<c>String</c>); <see langword="null"/> for that of the output's name.</param>
    /// <param name="tokenization">How texts are cut.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static RnnTokenizingEstimator TokenizeWithOffsets(
        this TransformsCatalog.TextTransforms catalog, string outputColumnName, string? inputColumnName = null, RnnTokenization tokenization = RnnTokenization.Word)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        if (inputColumnName is not null) ArgumentException.ThrowIfNullOrEmpty(inputColumnName);
        SupportedMLNet.Require();
        return new RnnTokenizingEstimator(new TokenColumns(inputColumnName ?? outputColumnName, outputColumnName, tokenization, WordTokenizer.CurrentRules));
    }
}
