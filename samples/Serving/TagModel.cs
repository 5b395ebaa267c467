using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.SequenceTagging;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model that says a tag for each token of a sentence, and its probability.</summary>
internal sealed class TagModel(ServedModel<TokenRow, TagRow> model) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "tag";

    public ServedModel Model => model;

    /// <exception cref="FileException">The file cannot be used.</exception>
    public static TagModel Open(MLContext ml, string file, ILoggerFactory logs) => ModelFault.Guard(file, "a tagger of words, as the sample SequenceTagging saves it", () =>
    {
        ITransformer loaded = ml.Model.Load(file, out _);
        RnnTransformer rnn = new Tagger(ml, loaded).Rnn;
        if (rnn.FrameSize > 0) throw new FormatException($"got {rnn}");
        // The name of the input column depends on the file that the tagger was trained on.
        SchemaDefinition columns = SchemaDefinition.Create(typeof(TokenRow));
        columns[nameof(TokenRow.Tokens)].ColumnName = rnn.InputColumnName;
        DataViewSchema reads = ml.Data.LoadFromEnumerable<TokenRow>([], columns).Schema;
        var engines = new PredictionEngineOptions { InputSchemaDefinition = columns };
        return new TagModel(new ServedModel<TokenRow, TagRow>(Role, ml, file, engines, model => new ModelCard(ModelCard.NameOf(model), Tags(model.GetOutputSchema(reads))), logs));
    });

    /// <summary>The tags of each sentence, and the model that said so.</summary>
    public (IReadOnlyList<TagRow> Tags, ModelCard Card) Predict(IEnumerable<IReadOnlyList<Token>> sentences) =>
        model.Predict([.. sentences.Select(sentence => new TokenRow { Tokens = [.. sentence.Select(token => token.Text)] })]);

    public void Dispose() => model.Dispose();

    /// <summary>All tags that the model has; none where it does not tell.</summary>
    private static string[] Tags(DataViewSchema said)
    {
        if (said.GetColumnOrNull("PredictedLabel") is not { } column || column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is not VectorDataViewType { ItemType: TextDataViewType }) return [];
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}

/// <summary>What a tagger reads.</summary>
internal sealed class TokenRow
{
    public string[] Tokens { get; set; } = [];
}

/// <summary>What it says: for each token a tag, empty beyond what the model reads, and its probability.</summary>
internal sealed class TagRow
{
    public string[] Answer { get; set; } = [];

    public float[] Score { get; set; } = [];
}
