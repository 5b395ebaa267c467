using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of a language model: embed → recur → predict the next symbol.</summary>
/// <remarks>
/// The network reads forward only, because it predicts the symbol that it reads next. Its regularization is that of the AWD-LSTM (Merity et al., 2018):
/// locked dropout, embedding dropout, weight dropout and tied embeddings.
/// </remarks>
public sealed record RnnLanguageNetworkOptions : RnnEncoderOptions
{
    /// <summary>Creates options with default values.</summary>
    public RnnLanguageNetworkOptions()
    {
        Bidirectional = false;
        Dropout = 0.1f;
        WordDropout = 0;
        HiddenSize = 256;
    }

    /// <summary>
    /// Whether the vectors of the symbols are also the weights of the output (Press and Wolf, 2017; Inan et al., 2017). If
    /// <see cref="RnnEncoderOptions.HiddenSize"/> and <see cref="RnnEncoderOptions.EmbeddingSize"/> differ, a linear layer converts the state.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    [Sweep.BooleanChoice]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Probability of dropping a symbol's whole vector during training, everywhere in the batch (Gal and Ghahramani, 2016).</summary>
    /// <value>0 to 0.95. The default is 0.</value>
    [Valid.Range(0f, 0.95f)]
    public float EmbeddingDropout { get; init; }

    /// <summary>
    /// Number k of last symbols from which the next one is predicted, by a feed-forward network instead of a recurrent one (Bengio et al., 2003): the baseline
    /// that shows the gain of recurrence. <see cref="RnnEncoderOptions.Layers"/> and <see cref="RnnEncoderOptions.HiddenSize"/> set its hidden layers, of tanh;
    /// <see cref="RnnEncoderOptions.Cell"/> is ignored.
    /// </summary>
    /// <value>0, or 2 to 64. The default is 0: a recurrent network, which can use all symbols before.</value>
    [Valid.Range(0, 64)]
    public int Window { get; init; }

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Bidirectional)
                yield return $"{nameof(Bidirectional)}: expected false, got true: a language model that reads backward would read the symbol that it predicts";
            if (Cell == RnnCell.None)
                yield return $"{nameof(Cell)}: expected a recurrent cell, got None: a language model needs the order of the symbols";
            if (Window == 1)
                yield return $"{nameof(Window)}: expected 0, or 2 or more, got 1: train an n-gram model of order 2 instead";
            if (Window > 0 && WeightDropout > 0)
                yield return $"{nameof(WeightDropout)}: expected 0 when {nameof(Window)} is {Window}, got {WeightDropout}: there are no recurrent weights";
            if (WordDropout > 0)
                yield return $"{nameof(WordDropout)}: expected 0, got {WordDropout}: use {nameof(EmbeddingDropout)}";
        }
    }
}
