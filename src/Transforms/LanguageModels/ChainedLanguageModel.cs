using Microsoft.ML;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.LanguageModels;

/// <summary>The language model of a chain of transformers.</summary>
/// <param name="Model">The language model.</param>
/// <param name="Before">The transformers before it.</param>
internal sealed record ChainedLanguageModel(RnnLanguageModelTransformer Model, IReadOnlyList<ITransformer> Before)
{
    /// <summary>Finds the language model.</summary>
    /// <param name="model">A language model, or a chain that contains one.</param>
    /// <param name="purpose">The operation that needs it, for the message.</param>
    /// <param name="parameter">The name of the parameter, for the exception.</param>
    /// <exception cref="ArgumentException">The model is not, and does not contain, a language model, or contains several.</exception>
    public static ChainedLanguageModel Find(ITransformer model, string purpose, string parameter)
    {
        ITransformer[] links = [.. ChainLinks.Of(model)];
        int count = links.Count(link => link is RnnLanguageModelTransformer);
        if (count != 1)
            throw new ArgumentException(
                $"{purpose}: expected a language model (RnnLanguageModel), got {(count == 0 ? "none" : $"{count} of them")} "
                + $"in {model.GetType().Name}. Train one with ml.Transforms.Text.RnnLanguageModel.", parameter);
        int at = Array.FindIndex(links, link => link is RnnLanguageModelTransformer);
        return new ChainedLanguageModel((RnnLanguageModelTransformer)links[at], links[..at]);
    }
}
