using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving;

/// <summary>A language model, which continues texts.</summary>
/// <param name="model">The model.</param>
/// <param name="ml">ML.NET.</param>
internal sealed class WriterModel(ServedModel<TextRow, WriterModel.Score> model, MLContext ml) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "continue";

    private const string DefaultTitle = "Continuation";

    public ServedModel Model => model;

    /// <summary>Loads a language model from a file.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    /// <param name="title">The heading of its texts on the page.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static WriterModel Open(MLContext ml, string file, ILoggerFactory logs, string title = DefaultTitle) =>
        ModelFile.Open(file, "a language model, as the sample LanguageModel saves it", () => Load(ml, file, logs, title));

    /// <summary>Returns a generator with the current model, and its description.</summary>
    public (RnnTextGenerator Generator, ModelCard Card) OpenGenerator()
    {
        (ITransformer current, ModelCard card) = model.Use();
        return (ml.Rnn().CreateTextGenerator(current), card);
    }

    public void Dispose() => model.Dispose();

    private static WriterModel Load(MLContext ml, string file, ILoggerFactory logs, string title)
    {
        RnnLanguageModelTransformer network = Of(ml.Model.Load(file, out _));
        SchemaDefinition columns = SchemaDefinition.Create(typeof(TextRow));
        columns[nameof(TextRow.Text)].ColumnName = network.InputColumnName;
        var engines = new PredictionEngineOptions { InputSchemaDefinition = columns, IgnoreMissingColumns = true };
        ModelCard Describe(ITransformer model) => new($"{Of(model)}", Labels: null);
        return new WriterModel(new ServedModel<TextRow, Score>(Role, title, ml, file, engines, Describe, logs), ml);
    }

    private static RnnLanguageModelTransformer Of(ITransformer model) =>
        ModelCard.Steps(model).OfType<RnnLanguageModelTransformer>().ToArray() is [var network]
            ? network
            : throw new FormatException($"got {ModelCard.NameOf(model)}");

    /// <summary>The score of a text, which the service does not use.</summary>
    internal sealed class Score
    {
        public float LogProbability { get; set; }
    }
}
