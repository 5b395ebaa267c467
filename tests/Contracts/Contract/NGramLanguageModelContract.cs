using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the n-gram language model.</summary>
public sealed class NGramLanguageModelContract : PlainContract
{
    public override Type Estimator => typeof(NGramLanguageModelTrainer);

    protected override string[] Outputs => ["LogProbability", "Perplexity", "Each"];

    protected override string Role => "input column";

    protected override IEstimator<ITransformer> Create() =>
        _ml.Transforms.Text.NGramLanguageModel(new NGramLanguageModelOptions { SymbolLogProbabilitiesColumnName = "Each" });
}
