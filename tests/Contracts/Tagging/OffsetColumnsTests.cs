using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Columns with the places of tokens and spans in the text.</summary>
public class OffsetColumnsTests
{
    private static readonly RnnTaggingNetworkOptions Network = new() { HiddenSize = 12, EmbeddingSize = 12 };
    private static readonly RnnTrainingOptions Training = new() { MaxEpochs = 30, LearningRate = 0.02f, Seed = 1, Threads = 1 };
    private readonly MLContext _ml = new(1);

    /// <summary>A tagger trained on tokens scores a text: the tokenizer separates the period from "York" at the end of the sentence.</summary>
    [Fact]
    public void A_tagger_of_tokens_scores_texts_after_a_tokenizer()
    {
        IDataView tagged = _ml.LoadRows(40, i => new TaggedTokens
        {
            Tokens = i % 2 == 0 ? ["I", "love", "New", "York", "."] : ["He", "is", "in", "Oslo", "."],
            Label = Tags(i),
        });
        var options = new RnnSequenceTaggingOptions { SpansColumnName = "Spans", Network = Network, Training = Training };
        RnnTransformer tagger = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(tagged);
        IDataView text = _ml.LoadRows(new LabeledText { Text = "He is in New York." });
        IDataView scored = _ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text").Fit(text).Append(tagger).Transform(text);
        string row = Rows.Of(scored, "Tokens", "Spans", "Spans.Start", "Spans.Length", "Tokens.Start")[0];
        Assert.Equal("He is in New York .\tLOC: New York\t3\t2\t0 3 6 9 13 17", row);
    }

    /// <summary>A tagger that reads texts itself has columns for the places of its tokens and spans.</summary>
    [Fact]
    public void A_tagger_of_texts_returns_offsets_of_tokens_and_spans()
    {
        IDataView tagged = _ml.LoadRows(40, i => new TaggedText { Text = i % 2 == 0 ? "I love  New York." : "He is in Oslo.", Label = Tags(i) });
        var options = new RnnSequenceTaggingOptions
        {
            InputColumnName = "Text",
            SpansColumnName = "Spans",
            OffsetsColumnName = "Offsets",
            TokensColumnName = "Words",
            Network = Network,
            Training = Training,
        };
        RnnSequenceTaggingTrainer trainer = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options);
        RnnTransformer tagger = trainer.Fit(tagged);
        string[] columns = ["Words", "Offsets.Start", "Offsets.Length", "Spans", "Spans.CharacterStart", "Spans.CharacterLength"];
        IDataView scored = tagger.Transform(tagged);
        Assert.Equal("I love New York .\t0 2 8 12 16\t1 4 3 4 1\tLOC: New York\t8\t8", Rows.Of(scored, columns)[0]);
        SchemaShape input = TrainerContract.ShapeOf(tagged.Schema), declared = trainer.GetOutputSchema(input);
        Assert.Equal(TrainerContract.Describe(TrainerContract.ShapeOf(scored.Schema)), TrainerContract.Describe(declared));
        Assert.Equal("\t\t\t\t\t", Rows.Of(tagger.Transform(_ml.LoadRows(new TaggedText())), columns)[0]);

        RnnSequenceTaggingOptions ofTokens = options with { InputColumnName = "Label", LabelColumnName = "Text" };
        AssertThrows.With<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(ofTokens).GetOutputSchema(input),
            "expected String, because OffsetsColumnName is set, got Vector<String>");
    }

    [Fact]
    public void A_classifier_of_texts_returns_offsets_of_tokens()
    {
        IDataView data = _ml.MapToKeys(_ml.LoadRows(20, i => new LabeledText { Label = i % 2 == 0 ? "a" : "b", Text = i % 2 == 0 ? "good day" : "bad day" }));
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny with { OffsetsColumnName = "Tokens" };
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(data);
        Assert.Equal("0 5\t4 3", Rows.Of(model.Transform(data), "Tokens.Start", "Tokens.Length")[0]);
    }

    private static string[] Tags(int row) => row % 2 == 0 ? ["O", "O", "B-LOC", "I-LOC", "O"] : ["O", "O", "O", "B-LOC", "O"];

    private sealed class TaggedTokens
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class TaggedText
    {
        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }
}
