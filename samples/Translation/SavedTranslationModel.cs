using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MlNetRnn.Samples.Translation;

/// <summary>A model that `train` saved: the translation model, after a step that makes texts lowercase if it was trained on such texts.</summary>
/// <param name="Ml">ML.NET.</param>
/// <param name="Model">The translation model.</param>
/// <param name="IsLowerCase">Whether texts become lowercase.</param>
internal sealed record SavedTranslationModel(MLContext Ml, RnnTranslationTransformer Model, bool IsLowerCase)
{
    /// <summary>Saves a model as a chain that every program can load.</summary>
    public static void Save(MLContext ml, RnnTranslationTransformer model, IDataView pairs, bool isLowerCase, string path)
    {
        ITransformer[] lower = isLowerCase
            ?
            [
                ml.Transforms.Text.NormalizeText(
                    nameof(Pair.Source), caseMode: TextNormalizingEstimator.CaseMode.Lower, keepDiacritics: true, keepPunctuations: true, keepNumbers: true)
                    .Fit(pairs),
            ]
            : [];
        ml.Model.Save(new TransformerChain<ITransformer>([.. lower, model]), pairs.Schema, path);
    }

    /// <summary>Loads a model; writes one line to standard error if it is not a model of this sample.</summary>
    public static SavedTranslationModel? Load(FileInfo file, string command) => SavedModel.Load(file, Bind, command);

    /// <summary>Returns a text as the model reads it.</summary>
    public string Prepare(string text) => IsLowerCase ? text.ToLowerInvariant() : text;

    /// <summary>Validates the choice of a target language.</summary>
    /// <param name="language">The language; <see langword="null"/> if none is given.</param>
    /// <exception cref="FileException">The model does not translate to it, or a language is missing.</exception>
    public void ExpectLanguage(string? language)
    {
        string known = string.Join(", ", Model.TargetLanguages);
        if (language is null && known.Length > 0)
            throw new FileException($"--to: expected one of the languages that the model translates to ({known}), got none. Give --to.");
        if (language is not null && known.Length == 0)
            throw new FileException($"--to: expected none, because the model translates between two languages only, got '{language}'. Leave --to out.");
        if (language is not null && !Model.TargetLanguages.Contains(language))
            throw new FileException($"--to: expected one of the languages that the model translates to ({known}), got '{language}'.");
    }

    private static SavedTranslationModel Bind(MLContext ml, ITransformer loaded)
    {
        IReadOnlyList<ITransformer> links = loaded is IEnumerable<ITransformer> chain ? [.. chain] : [loaded];
        return links.OfType<RnnTranslationTransformer>().ToArray() is [var model]
            ? new SavedTranslationModel(ml, model, links.OfType<TextNormalizingTransformer>().Any())
            : throw new FormatException("expected a translation model, got a model of another kind. Train one with the command `train`.");
    }
}
