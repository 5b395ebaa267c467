using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model that predicts a tag for each token of a sentence, and its probability.</summary>
internal sealed class TagModel(ServedModel<TokenRow, TagRow> model) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "tag";

    private const string DefaultTitle = "Tags";

    public ServedModel Model => model;

    /// <summary>Loads a tagger from a file.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    /// <param name="title">The heading of its predictions on the page.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static TagModel Open(MLContext ml, string file, ILoggerFactory logs, string title = DefaultTitle) =>
        ModelFile.Open(file, "a tagger of words, as the sample SequenceTagging saves it", () => Load(ml, file, logs, title));

    /// <summary>Returns the tags of each sentence, and the model that predicted them.</summary>
    public (IReadOnlyList<TagRow> Tags, ModelCard Card) Predict(IEnumerable<IReadOnlyList<RnnToken>> sentences) =>
        model.Predict([.. sentences.Select(sentence => new TokenRow { Tokens = [.. sentence.Select(token => token.Text)] })]);

    public void Dispose() => model.Dispose();

    private static TagModel Load(MLContext ml, string file, ILoggerFactory logs, string title)
    {
        ITransformer loaded = ml.Model.Load(file, out _);
        RnnTransformer rnn = new Tagger(ml, loaded).Rnn;
        if (rnn.FrameSize > 0) throw new FormatException($"got {rnn}");
        // The name of the input column depends on the file that the tagger was trained on.
        SchemaDefinition columns = SchemaDefinition.Create(typeof(TokenRow));
        columns[nameof(TokenRow.Tokens)].ColumnName = rnn.InputColumnName;
        DataViewSchema reads = ml.Data.LoadFromEnumerable<TokenRow>([], columns).Schema;
        var engines = new PredictionEngineOptions { InputSchemaDefinition = columns };
        ModelCard Describe(ITransformer model) => new(ModelCard.NameOf(model), Tags(model.GetOutputSchema(reads)));
        return new TagModel(new ServedModel<TokenRow, TagRow>(Role, title, ml, file, engines, Describe, logs));
    }

    /// <summary>Returns all tags of the model; none if its output has no names.</summary>
    private static string[] Tags(DataViewSchema output)
    {
        if (output.GetColumnOrNull("PredictedLabel") is not { } column) return [];
        if (column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType }) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}

/// <summary>The input of a tagger.</summary>
internal sealed class TokenRow
{
    public string[] Tokens { get; set; } = [];
}

/// <summary>The output of a tagger: for each token a tag, empty beyond the length that the model reads, and its probability.</summary>
internal sealed class TagRow
{
    public string[] Answer { get; set; } = [];

    public float[] Score { get; set; } = [];
}
