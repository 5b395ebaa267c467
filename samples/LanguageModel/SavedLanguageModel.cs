using Microsoft.ML;

namespace MlNetRnn.Samples.LanguageModel;

/// <summary>A model that `train` saved.</summary>
/// <param name="Ml">ML.NET.</param>
/// <param name="Model">The loaded model.</param>
internal sealed record SavedLanguageModel(MLContext Ml, RnnLanguageModelTransformer Model)
{
    /// <summary>Loads a model; writes one line to standard error if it is not a model of this sample.</summary>
    public static SavedLanguageModel? Load(FileInfo file, string command) => SavedModel.Load(file, Bind, command);

    private static SavedLanguageModel Bind(MLContext ml, ITransformer loaded) => Models(loaded).ToArray() is [var model]
        ? new SavedLanguageModel(ml, model)
        : throw new FormatException("expected a language model, got a model of another kind. Train one with the command `train`.");

    private static IEnumerable<RnnLanguageModelTransformer> Models(ITransformer loaded) => loaded switch
    {
        RnnLanguageModelTransformer model => [model],
        IEnumerable<ITransformer> chain => chain.OfType<RnnLanguageModelTransformer>(),
        _ => [],
    };
}
