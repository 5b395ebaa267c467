using System.Text.Json;

namespace MlNetRnn.Translation;

/// <summary>Combines translation models as transformers.</summary>
internal static class TranslationEnsembles
{
    /// <summary>Creates an ensemble.</summary>
    /// <exception cref="ArgumentException">The list of models is empty, or the models do not match.</exception>
    public static RnnTranslationTransformer Create(IReadOnlyList<RnnTranslationTransformer> models)
    {
        var model = new EnsembleTranslationModel([.. models.Select(member => member.Model)]);
        TranslationSpec first = models[0].Spec;
        foreach (TranslationSpec other in models.Select(member => member.Spec))
        {
            if (other.Source != first.Source)
                throw new ArgumentException($"Ensemble: expected models that read the same source, got {first.Source} and {other.Source}.", nameof(models));
            string languages = Describe(first.Languages), others = Describe(other.Languages);
            if (languages != others)
                throw new ArgumentException($"Ensemble: expected models of the same languages, got {languages} and {others}.", nameof(models));
        }
        return new RnnTranslationTransformer(
            first with
            {
                Model = EnsembleTranslationModel.KindName,
                StateSize = models.Sum(member => member.Spec.StateSize),
                HasAttention = models.Any(member => member.Spec.HasAttention),
                IsQuantized = models.All(member => member.Spec.IsQuantized),
                Options = JsonSerializer.SerializeToElement([.. models.Select(member => member.Spec.Options)], TranslationJson.Default.JsonElementArray),
            },
            model);
    }

    private static string Describe(LanguageSpec? languages) => languages is null ? "one pair" : string.Join(", ", languages.Targets);
}
