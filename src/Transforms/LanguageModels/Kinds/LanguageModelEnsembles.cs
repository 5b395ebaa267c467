using System.Text.Json;

namespace MlNetRnn.LanguageModels;

/// <summary>Combines language models as transformers.</summary>
internal static class LanguageModelEnsembles
{
    /// <summary>Creates an ensemble.</summary>
    /// <exception cref="ArgumentException">The list of models is empty, or the models do not match.</exception>
    public static RnnLanguageModelTransformer Create(IReadOnlyList<RnnLanguageModelTransformer> models)
    {
        var model = new EnsembleLanguageModel([.. models.Select(member => member.Model)]);
        LanguageModelSpec first = models[0].Spec;
        foreach (LanguageModelSpec other in models.Select(member => member.Spec))
            if ((other.InputColumn, other.InputKind) != (first.InputColumn, first.InputKind))
                throw new ArgumentException(
                    $"Ensemble: expected language models that read the same column, got '{first.InputColumn}' ({first.InputKind}) and "
                    + $"'{other.InputColumn}' ({other.InputKind}). Train them on one column.", nameof(models));
        LanguageModelSpec spec = first with
        {
            Model = EnsembleLanguageModel.KindName,
            IsStream = models.Any(member => member.Spec.IsStream),
            RowsAreLines = models.All(member => member.Spec.RowsAreLines),
            IsQuantized = models.All(member => member.Spec.IsQuantized),
            Options = JsonSerializer.SerializeToElement([.. models.Select(member => member.Spec.Options)], LanguageModelJson.Default.JsonElementArray),
        };
        return new RnnLanguageModelTransformer(spec, model);
    }
}
