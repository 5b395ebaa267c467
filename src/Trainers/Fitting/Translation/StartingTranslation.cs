using MlNetRnn.Modules;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>The translation model that training continues from.</summary>
internal static class StartingTranslation
{
    /// <summary>Returns the options of a trainer, with the network and the units of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wanted">The options of the trainer.</param>
    /// <param name="defaults">The default options of the trainer.</param>
    /// <exception cref="ArgumentException">The model has another network or other units, is an ensemble, or is quantized.</exception>
    public static RnnTranslationOptions Options(RnnTranslationTransformer model, RnnTranslationOptions wanted, RnnTranslationOptions defaults)
    {
        ArgumentNullException.ThrowIfNull(model);
        RefuseUntrainable(model);
        RnnTranslationOptions trained = OptionsJson.Read<RnnTranslationOptions>(model.Spec.Options);
        StartingModel.RefuseContradiction("Network", wanted.Network, trained.Network, defaults.Network);
        StartingModel.RefuseContradiction("Unit", wanted.Unit, trained.Unit, defaults.Unit);
        StartingModel.RefuseContradiction("TargetUnit", wanted.TargetUnit ?? wanted.Unit, trained.TargetUnit ?? trained.Unit, defaults.Unit);
        StartingModel.RefuseContradiction("JointVocabulary", wanted.JointVocabulary, trained.JointVocabulary, defaults.JointVocabulary);
        StartingModel.RefuseContradiction("EncoderPerLanguage", wanted.EncoderPerLanguage, trained.EncoderPerLanguage, defaults.EncoderPerLanguage);
        StartingModel.RefuseContradiction("DecoderPerLanguage", wanted.DecoderPerLanguage, trained.DecoderPerLanguage, defaults.DecoderPerLanguage);
        StartingModel.RefuseContradiction("FrameSize", wanted.FrameSize, trained.FrameSize, defaults.FrameSize);
        StartingModel.RefuseContradiction("MinimumCount", wanted.MinimumCount ?? 0, trained.MinimumCount ?? 0, 0);
        StartingModel.RefuseContradiction("MaximumVocabularySize", wanted.MaximumVocabularySize ?? 0, trained.MaximumVocabularySize ?? 0, 0);
        return wanted with
        {
            Network = trained.Network,
            Unit = trained.Unit,
            TargetUnit = trained.TargetUnit,
            JointVocabulary = trained.JointVocabulary,
            FrameSize = trained.FrameSize,
            EncoderPerLanguage = trained.EncoderPerLanguage,
            DecoderPerLanguage = trained.DecoderPerLanguage,
            MinimumCount = trained.MinimumCount,
            MaximumVocabularySize = trained.MaximumVocabularySize,
        };
    }

    /// <summary>Refuses a model whose training cannot be continued.</summary>
    /// <exception cref="ArgumentException">The model is an ensemble, or is quantized.</exception>
    public static void RefuseUntrainable(RnnTranslationTransformer model)
    {
        if (model.Model is not RecurrentTranslationModel)
            throw new ArgumentException($"ContinueFrom: expected a single network, got an {model.Model.Description}. Continue from a member.", nameof(model));
        if (model.IsQuantized)
            throw new ArgumentException(
                "ContinueFrom: expected a model with 32-bit weights, got a quantized one. Continue from the model that it was quantized from.", nameof(model));
    }

    /// <summary>Refuses training data whose columns do not fit the model.</summary>
    /// <exception cref="ArgumentException">The source column is of another kind, or the data has languages and the model has none, or the reverse.</exception>
    public static void RefuseOther(RnnTranslationTransformer model, PairColumns columns)
    {
        if (model.Source.Kind.Name != columns.Source.Kind.Name)
            throw new ArgumentException(
                $"ContinueFrom, kind of source column: expected that of the model, {model.Source.Kind.Description}, got {columns.Source.Kind.Description}. "
                + "Give the column the type that it has in the model's training data, or train a new model.");
        if (model.Model.Target.Unit != columns.TargetUnit)
            throw new ArgumentException(
                $"ContinueFrom, unit of target column: expected that of the model, {model.Model.Target.Unit}, got {columns.TargetUnit}. "
                + "Give the column the type that it has in the model's training data, or train a new model.");
        bool wanted = columns.Options.TargetLanguageColumnName is not null, trained = model.Spec.Languages is not null;
        if (wanted != trained)
            throw new ArgumentException(
                $"ContinueFrom, TargetLanguageColumnName: expected {(trained ? "a name" : "null")} as for the model, got {(wanted ? "a name" : "null")}.");
    }

    /// <summary>Returns the symbols and languages of the model.</summary>
    public static PairVocabularies Vocabularies(RnnTranslationTransformer model) =>
        new(model.Model.Source, model.Model.Target, model.SourceLanguages, model.TargetLanguages, CountError: 0);

    /// <summary>Copies the weights of the model.</summary>
    public static void Import(RnnTranslationTransformer model, ParameterSet parameters)
    {
        var network = (RecurrentTranslationModel)model.Model;
        var weights = new Dictionary<string, float[]>();
        foreach (byte[] graph in network.EncoderGraphs.Concat(network.StepGraphs))
            foreach ((string name, float[] numbers) in OnnxWeights.Read(graph)) weights[name] = numbers;
        parameters.Import(weights);
    }
}
