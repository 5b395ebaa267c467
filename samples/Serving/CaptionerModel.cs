using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>A captioning model of image files.</summary>
/// <param name="model">The model.</param>
/// <param name="ml">ML.NET.</param>
internal sealed class CaptionerModel(ServedModel<CaptionerModel.Source, CaptionerModel.Score> model, MLContext ml) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "caption";

    private const string DefaultTitle = "Captioning";

    public ServedModel Model => model;

    /// <summary>Images that the page offers, as PNG files.</summary>
    public IReadOnlyList<byte[]> Examples { get; private init; } = [];

    /// <summary>Loads a captioning model from a file.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    /// <param name="title">The heading of its captions on the page.</param>
    /// <param name="examples">Images that the page offers, as PNG files.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static CaptionerModel Open(MLContext ml, string file, ILoggerFactory logs, string title = DefaultTitle, IReadOnlyList<byte[]>? examples = null) =>
        ModelFile.Open(file, "a captioning model of image files, as the sample Captioning saves it", () => Load(ml, file, logs, title, examples ?? []));

    /// <summary>Returns a captioner with the current model, and its description.</summary>
    public (ImageCaptioner Captioner, ModelCard Card) OpenCaptioner()
    {
        (ITransformer current, ModelCard card) = model.Use();
        return (new ImageCaptioner(ml, current), card);
    }

    public void Dispose() => model.Dispose();

    private static CaptionerModel Load(MLContext ml, string file, ILoggerFactory logs, string title, IReadOnlyList<byte[]> examples)
    {
        ITransformer chain = ml.Model.Load(file, out DataViewSchema? input);
        ModelCard Describe(ITransformer model) => new($"{new ImageCaptioner(ml, model)}", Labels: null) { Examples = examples.Count };
        Describe(chain);
        var engines = new PredictionEngineOptions { InputSchemaDefinition = TextColumns.Of<Source>(nameof(Source.Path), input), IgnoreMissingColumns = true };
        return new CaptionerModel(new ServedModel<Source, Score>(Role, title, ml, file, engines, Describe, logs), ml) { Examples = examples };
    }

    /// <summary>The input of the model's engines, which the service does not use.</summary>
    internal sealed class Source
    {
        public string Path { get; set; } = "";
    }

    /// <summary>The score of a caption, which the service does not use.</summary>
    internal sealed class Score
    {
        [ColumnName("Score")]
        public float Value { get; set; }
    }
}
