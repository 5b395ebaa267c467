using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the generation of texts as a transform.</summary>
public sealed class TextGenerationContract : PlainContract
{
    public override Type Estimator => typeof(RnnTextGenerationEstimator);

    protected override string[] Outputs => ["Continuation", "Score"];

    protected override string Role => "prompt column";

    protected override IEstimator<ITransformer> Create() => _ml.Transforms.Text.GenerateText(
        _ml.Transforms.Text.NGramLanguageModel().Fit(Data()), "Continuation", "Text", new RnnGenerationOptions { Seed = 1, MaximumLength = 20 }, "Score");
}
