using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the tagger with tags as keys and a conditional random field.</summary>
public sealed class RnnSequenceTaggingContract : TaggingContract
{
    internal static RnnSequenceTaggingOptions Tiny { get; } = new() { Network = TinyNetwork, Training = RnnTextClassificationContract.TinyTraining };

    protected override RnnSequenceTaggingOptions Options => Tiny;

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");
}
