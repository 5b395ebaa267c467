using MlNetRnn.LanguageModels;
using MlNetRnn.Options;

namespace MlNetRnn.Fitting;

/// <summary>The language model that training continues from.</summary>
internal static class StartingLanguageModel
{
    /// <summary>Returns the options of a trainer, with the network and the units of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wanted">The options of the trainer.</param>
    /// <exception cref="ArgumentException">The model has another network or other units, or is quantized.</exception>
    public static RnnLanguageModelOptions Options(RnnLanguageModelTransformer model, RnnLanguageModelOptions wanted)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Model is not RecurrentLanguageModel)
            throw new ArgumentException($"ContinueFrom: expected a recurrent network, got a {model.Model.Description}. Train a new model.", nameof(model));
        if (model.IsQuantized)
            throw new ArgumentException(
                "ContinueFrom: expected a model with 32-bit weights, got a quantized one. Continue from the model that it was quantized from.", nameof(model));
        RnnLanguageModelOptions trained = OptionsJson.Read<RnnLanguageModelOptions>(model.Spec.Options), defaults = new();
        StartingModel.RefuseContradiction("Network", wanted.Network, trained.Network, defaults.Network);
        StartingModel.RefuseContradiction("Unit", wanted.Unit, trained.Unit, defaults.Unit);
        RnnLanguageModelOptions ofUnit = defaults with { Unit = wanted.Unit };
        StartingModel.RefuseContradiction("MinimumCount", wanted.EffectiveMinimumCount, trained.EffectiveMinimumCount, ofUnit.EffectiveMinimumCount);
        StartingModel.RefuseContradiction("MaximumVocabularySize", wanted.EffectiveMaximumSize, trained.EffectiveMaximumSize, ofUnit.EffectiveMaximumSize);
        return wanted with
        {
            Network = trained.Network,
            Unit = trained.Unit,
            MinimumCount = trained.MinimumCount,
            MaximumVocabularySize = trained.MaximumVocabularySize,
        };
    }
}
