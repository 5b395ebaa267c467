using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The contracts of an estimator that learns nothing: TokenizeWithOffsets.</summary>
public class TokenizingContract
{
    private static readonly string[] Outputs = ["Tokens", "Tokens.Start", "Tokens.Length"];
    private readonly MLContext _ml = new(1);

    public static Type Estimator => typeof(RnnTokenizingEstimator);

    private RnnTokenizingEstimator Tokenizing => _ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text");

    [Fact]
    public void Tokens_stand_where_the_columns_say()
    {
        string[] rows = Rows.Of(Scored(), Outputs);
        Assert.Equal("I was in New York .\t0 2 6 9 13 17\t1 3 2 3 4 1", rows[0]);
        Assert.Equal("\t\t", rows[1]);
        Assert.Equal("don't 😀 coop\t1 7 10\t5 2 5", rows[2]);
        Assert.Equal("a-b c.\t0 4\t3 2", Rows.Of(_ml.Transforms.Text.TokenizeWithOffsets("Text", tokenization: RnnTokenization.Whitespace).Fit(Data("a-b c.")).Transform(Data("a-b c.")), "Text", "Text.Start", "Text.Length")[0]);
        Assert.Equal([new RnnToken("I", 0, 1), new RnnToken("don't", 2, 5), new RnnToken(".", 7, 1)], RnnTokenizer.Tokenize("I don't."));
    }

    [Fact]
    public void C01_promised_schema_is_the_delivered_one()
    {
        IDataView data = Data("a");
        Assert.Equal(TrainerContract.Describe(TrainerContract.ShapeOf(Scored().Schema)), TrainerContract.Describe(Tokenizing.GetOutputSchema(TrainerContract.ShapeOf(data.Schema))));
        Assert.Equal(["Text", "Number", .. Outputs], Scored().Schema.Select(column => column.Name));
    }

    [Fact]
    public void C02_a_missing_or_mistyped_column_is_refused()
    {
        foreach ((IDataView data, string got) in new[] { (_ml.Transforms.DropColumns("Text").Fit(Data("a")).Transform(Data("a")), "only the columns 'Number'"), (_ml.Transforms.CopyColumns("Text", "Number").Fit(Data("a")).Transform(Data("a")), "Single") })
        {
            TrainerContract.AssertRefused(() => Tokenizing.GetOutputSchema(TrainerContract.ShapeOf(data.Schema)), ["text", "Text", "String", got]);
            TrainerContract.AssertRefused(() => Tokenizing.Fit(data), ["text", "Text", "String", got]);
            TrainerContract.AssertRefused(() => Tokenizing.Fit(Data("a")).Transform(data), ["text", "Text", "String", got]);
        }
    }

    [Fact]
    public void C05_saved_is_loaded_here_in_a_fresh_process_and_on_the_oldest_ML_NET()
    {
        using var folder = new TemporaryFolder();
        (string model, string data) = (folder.File("model.zip"), folder.File("data.idv"));
        RnnTokenizingTransformer transformer = Tokenizing.Fit(Data());
        _ml.Model.Save(transformer, Data().Schema, model);
        using (FileStream stream = File.Create(data)) _ml.Data.SaveAsBinary(Data(), stream);
        string[] expected = Rows.Of(Scored(), Outputs);
        Assert.Equal(expected, Rows.Of(new MLContext().Model.Load(model, out _).Transform(Data()), Outputs));
        Assert.Equal(expected.Where(row => row.Length > 2), Repository.PredictInFreshProcess(model, data, Outputs).Where(row => row.Length > 2));
        Assert.Equal(expected.Where(row => row.Length > 2), Repository.PredictOnOldestMLNet(model, data, Outputs).Where(row => row.Length > 2));
    }

    [Fact]
    public void C08_the_row_mapper_depends_on_the_texts_alone()
    {
        IRowToRowMapper mapper = ((ITransformer)Tokenizing.Fit(Data())).GetRowToRowMapper(Data().Schema);
        Assert.Equal(["Text"], mapper.GetDependencies([mapper.OutputSchema["Tokens.Start"]]).Select(column => column.Name));
        Assert.Equal(["Number"], mapper.GetDependencies([mapper.OutputSchema["Number"]]).Select(column => column.Name));
    }

    [Fact]
    public void C09_a_prediction_engine_gives_the_same()
    {
        using PredictionEngine<Row, Tokens> engine = _ml.Model.CreatePredictionEngine<Row, Tokens>(Tokenizing.Fit(Data()));
        Assert.Equal(Rows.Of(Scored(), Outputs), Texts.Select(text =>
        {
            Tokens tokens = engine.Predict(new Row { Text = text });
            return $"{string.Join(' ', tokens.Words)}\t{string.Join(' ', tokens.Starts)}\t{string.Join(' ', tokens.Lengths)}";
        }));
    }

    [Fact]
    public void C12_parallel_cursors_give_all_rows()
    {
        IDataView many = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(i => new Row { Text = $"row {i}" }).ToArray());
        IDataView scored = Tokenizing.Fit(many).Transform(many);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, 4);
        string[][] parts = [.. cursors.AsParallel().Select(cursor => Rows.Of(cursor, Outputs))];
        Assert.Equal(Rows.Of(scored, Outputs).Order(), parts.SelectMany(part => part).Order());
    }

    /// <summary>A tagger that was trained on tokens is given a text: no token "York." at the end of a sentence.</summary>
    [Fact]
    public void A_tagger_of_tokens_reads_texts_behind_it()
    {
        IDataView tagged = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new TaggedRow
        {
            Tokens = i % 2 == 0 ? ["I", "love", "New", "York", "."] : ["He", "is", "in", "Oslo", "."],
            Label = i % 2 == 0 ? ["O", "O", "B-LOC", "I-LOC", "O"] : ["O", "O", "O", "B-LOC", "O"],
        }).ToArray());
        RnnTransformer tagger = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(new RnnSequenceTaggingOptions
        {
            SpansColumnName = "Spans",
            Network = new RnnTaggingNetworkOptions { HiddenSize = 12, EmbeddingSize = 12 },
            Training = new RnnTrainingOptions { MaxEpochs = 30, LearningRate = 0.02f, Seed = 1, Threads = 1 },
        }).Fit(tagged);
        ITransformer model = Tokenizing.Fit(Data()).Append(tagger);
        IDataView scored = model.Transform(Data("He is in New York."));
        Assert.Equal("He is in New York .\tLOC: New York\t3\t2\t0 3 6 9 13 17", Rows.Of(scored, "Tokens", "Spans", "Spans.Start", "Spans.Length", "Tokens.Start")[0]);
    }

    /// <summary>A tagger that reads texts itself has columns for the places of its tokens and spans.</summary>
    [Fact]
    public void A_tagger_of_texts_gives_offsets_of_tokens_and_spans()
    {
        IDataView tagged = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new TaggedText
        {
            Text = i % 2 == 0 ? "I love  New York." : "He is in Oslo.",
            Label = i % 2 == 0 ? ["O", "O", "B-LOC", "I-LOC", "O"] : ["O", "O", "O", "B-LOC", "O"],
        }).ToArray());
        var options = new RnnSequenceTaggingOptions
        {
            InputColumnName = "Text", SpansColumnName = "Spans", OffsetsColumnName = "Offsets", TokensColumnName = "Words",
            Network = new RnnTaggingNetworkOptions { HiddenSize = 12, EmbeddingSize = 12 },
            Training = new RnnTrainingOptions { MaxEpochs = 30, LearningRate = 0.02f, Seed = 1, Threads = 1 },
        };
        var trainer = _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options);
        RnnTransformer tagger = trainer.Fit(tagged);
        string[] columns = ["Words", "Offsets.Start", "Offsets.Length", "Spans", "Spans.CharacterStart", "Spans.CharacterLength"];
        Assert.Equal("I love New York .\t0 2 8 12 16\t1 4 3 4 1\tLOC: New York\t8\t8", Rows.Of(tagger.Transform(tagged), columns)[0]);
        Assert.Equal(TrainerContract.Describe(TrainerContract.ShapeOf(tagger.Transform(tagged).Schema)), TrainerContract.Describe(trainer.GetOutputSchema(TrainerContract.ShapeOf(tagged.Schema))));
        Assert.Equal("\t\t\t\t\t", Rows.Of(tagger.Transform(_ml.Data.LoadFromEnumerable(new[] { new TaggedText { Text = "" } })), columns)[0]);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options with { InputColumnName = "Label", LabelColumnName = "Text" }).GetOutputSchema(TrainerContract.ShapeOf(tagged.Schema)));
        Assert.Contains("expected String, because OffsetsColumnName is set, got Vector<String>", e.Message);
    }

    [Fact]
    public void A_classifier_gives_offsets_too()
    {
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Labelled()).Transform(Labelled());
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(RnnTextClassificationContract.Tiny with { OffsetsColumnName = "Tokens" }).Fit(data);
        Assert.Equal("0 5\t4 3", Rows.Of(model.Transform(data), "Tokens.Start", "Tokens.Length")[0]);

        IDataView Labelled() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new LabelledText { Label = i % 2 == 0 ? "a" : "b", Text = i % 2 == 0 ? "good day" : "bad day" }).ToArray());
    }

    private static readonly string[] Texts = ["I was in New York.", "", " don't 😀 co\u00ADop"];

    private IDataView Data(params string[] texts) => _ml.Data.LoadFromEnumerable((texts.Length == 0 ? Texts : texts).Select((text, i) => new Row { Text = text, Number = i }).ToArray());

    private IDataView Scored() => Tokenizing.Fit(Data()).Transform(Data());

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public float Number { get; set; }
    }

    private sealed class Tokens
    {
        [ColumnName("Tokens")]
        public string[] Words { get; set; } = [];

        [ColumnName("Tokens.Start")]
        public int[] Starts { get; set; } = [];

        [ColumnName("Tokens.Length")]
        public int[] Lengths { get; set; } = [];
    }

    private sealed class TaggedRow
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }

    private sealed class TaggedText
    {
        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }

    private sealed class LabelledText
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
