using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

/// <summary>Rows of text, and n-gram models of them.</summary>
internal static class TextRows
{
    public static readonly string[] Names = ["anna", "hanna", "johanna", "hannah", "nora", "lena", "helena", "nadja", "maja", "jana"];

    public static IDataView Of(MLContext ml, params string[] texts) => ml.Data.LoadFromEnumerable(texts.Select(text => new TextLine { Text = text }));

    public static RnnLanguageModelTransformer Train(MLContext ml, NGramLanguageModelOptions? options = null, params string[] texts) =>
        ml.Transforms.Text.NGramLanguageModel(options ?? new()).Fit(Of(ml, texts.Length == 0 ? Names : texts));

    /// <summary>Saves a model and loads it in another context.</summary>
    public static ITransformer SavedAndLoaded(MLContext ml, ITransformer model, IDataView data)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    internal sealed class TextLine
    {
        public string Text { get; set; } = "";
    }

    internal sealed class Scores
    {
        public float LogProbability { get; set; }

        public float Perplexity { get; set; }
    }
}
