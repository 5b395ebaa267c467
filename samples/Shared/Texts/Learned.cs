using Microsoft.ML;

namespace MlNetRnn.Samples.Texts;

/// <summary>A trained model.</summary>
/// <param name="Rnn">The network.</param>
/// <param name="Chain">The saved chain, from text to answer. It needs no label.</param>
/// <param name="InputSchema">The input of the chain.</param>
public sealed record Learned(RnnTransformer Rnn, ITransformer Chain, DataViewSchema InputSchema);
