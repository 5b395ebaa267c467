using MlNetRnn;

namespace Microsoft.ML;

/// <summary>Operations with language models.</summary>
public static class RnnGenerationCatalog
{
    /// <summary>Creates a generator of texts.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="model">
    /// A language model, trained or loaded; or a chain of transformers that contains one, of which only the language model is used.
    /// </param>
    /// <exception cref="ArgumentException">The model is not, and does not contain, a language model, or contains several.</exception>
    /// <example>
    /// <code>
    /// ITransformer model = ml.Model.Load("shakespeare.zip", out _);
    /// Console.WriteLine(ml.Rnn().CreateTextGenerator(model).Generate("ROMEO:", new RnnGenerationOptions { Temperature = 0.8f, Seed = 1 }));
    /// </code>
    /// </example>
    public static RnnTextGenerator CreateTextGenerator(this RnnOperationsCatalog operations, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(model);
        RnnLanguageModelTransformer[] found = [.. LanguageModelsOf(model)];
        return found.Length == 1
            ? new RnnTextGenerator(found[0].Model)
            : throw new ArgumentException(
                $"Text generator: expected a language model (RnnLanguageModel), got {(found.Length == 0 ? "none" : $"{found.Length} of them")} "
                + $"in {model.GetType().Name}. Train one with ml.Transforms.Text.RnnLanguageModel.", nameof(model));
    }

    private static IEnumerable<RnnLanguageModelTransformer> LanguageModelsOf(ITransformer model) => model switch
    {
        RnnLanguageModelTransformer languageModel => [languageModel],
        IEnumerable<ITransformer> chain => chain.SelectMany(LanguageModelsOf),
        _ => [],
    };
}
