using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>A translation model.</summary>
/// <param name="model">The model.</param>
/// <param name="ml">ML.NET.</param>
internal sealed class TranslatorModel(ServedModel<TranslatorModel.Source, TranslatorModel.Score> model, MLContext ml) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "translate";

    private const string DefaultTitle = "Translation";

    public ServedModel Model => model;

    /// <summary>Loads a translation model from a file.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    /// <param name="title">The heading of its translations on the page.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static TranslatorModel Open(MLContext ml, string file, ILoggerFactory logs, string title = DefaultTitle) =>
        ModelFile.Open(file, "a translation model of texts", () => Load(ml, file, logs, title));

    /// <summary>Returns a translator with the current model, the model's options, and its description.</summary>
    public (RnnTranslator Translator, RnnTranslationDecodingOptions Decoding, ModelCard Card) OpenTranslator()
    {
        (ITransformer current, ModelCard card) = model.Use();
        return (ml.Rnn().CreateTranslator(current), Of(current).Decoding, card);
    }

    public void Dispose() => model.Dispose();

    private static TranslatorModel Load(MLContext ml, string file, ILoggerFactory logs, string title)
    {
        RnnTranslationTransformer network = Of(ml.Model.Load(file, out DataViewSchema? input));
        ml.Rnn().CreateTranslator(network);
        SchemaDefinition columns = TextColumns.Of<Source>(nameof(Source.Text), input, network.SourceColumnName);
        var engines = new PredictionEngineOptions { InputSchemaDefinition = columns, IgnoreMissingColumns = true };
        var served = new ServedModel<Source, Score>(Role, title, ml, file, engines, transformer => CardOf(ml, Of(transformer)), logs);
        return new TranslatorModel(served, ml);
    }

    /// <exception cref="ArgumentException">The model reads frames of numbers.</exception>
    private static ModelCard CardOf(MLContext ml, RnnTranslationTransformer network)
    {
        ml.Rnn().CreateTranslator(network);
        return new ModelCard($"{network}", Labels: null) { SourceLanguages = network.SourceLanguages, TargetLanguages = network.TargetLanguages };
    }

    private static RnnTranslationTransformer Of(ITransformer model) =>
        ModelCard.Steps(model).OfType<RnnTranslationTransformer>().ToArray() is [var network]
            ? network
            : throw new FormatException($"got {ModelCard.NameOf(model)}");

    /// <summary>The input of the model's engines, which the service does not use.</summary>
    internal sealed class Source
    {
        public string Text { get; set; } = "";
    }

    /// <summary>The score of a translation, which the service does not use.</summary>
    internal sealed class Score
    {
        [ColumnName("Score")]
        public float Value { get; set; }
    }
}
