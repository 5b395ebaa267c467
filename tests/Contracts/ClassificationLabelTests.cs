using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>C04 and C16 for classes: labels keep their type, the stock evaluator accepts the outputs, and odd label columns do no harm.</summary>
public class ClassificationLabelTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Text_labels_come_back_as_text() => LabelsComeBack<string, ReadOnlyMemory<char>>(["b", "a", "c"], value => value.ToString());

    [Fact]
    public void Int_labels_come_back_as_int() => LabelsComeBack<int, int>([5, -3, 11], value => value);

    [Fact]
    public void Float_labels_come_back_as_float() => LabelsComeBack<float, float>([0.5f, 4, -1], value => value);

    [Fact]
    public void Bool_labels_come_back_as_bool() => LabelsComeBack<bool, bool>([true, false], value => value);

    [Fact]
    public void The_stock_evaluator_sees_probabilities_and_class_names()
    {
        IDataView data = Data(["late", "double", "locked"]);
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer());
        IDataView scored = pipeline.Fit(data).Transform(data);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored, topKPredictionCount: 2);
        float[][] scores = Rows.Scores(scored, "Score");
        Assert.All(scores, row => Assert.Equal(1, row.Sum(), 1e-5));
        uint[] labels = [.. scored.GetColumn<uint>("Label")];
        double logLoss = labels.Zip(scores, (label, row) => -Math.Log(row[label - 1])).Average();
        Assert.Equal(logLoss, metrics.LogLoss, 1e-4);
        Assert.Contains("double", metrics.ConfusionMatrix.GetFormattedConfusionTable());
        Assert.True(metrics.TopKAccuracy >= metrics.MicroAccuracy);
        var counted = _ml.MulticlassClassification.CrossValidate(data, pipeline, numberOfFolds: 2);
        Assert.Equal(2, counted.Count);
    }

    [Fact]
    public void Rows_with_a_missing_label_are_left_out_and_counted()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 30).Select(i => (i % 3) switch { 0 => "\tlate parcel", 1 => "0\tlate parcel", _ => "1\twrong bill" }));
        IDataView data = Keyed(folder.File("data.tsv"), DataKind.UInt32, 4);
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        RnnTransformer model = Trainer().Fit(data);
        Assert.Contains(log, line => line.Contains("skipped 10 rows with a missing label"));
        // Four key values, of which only two occur; none has a name.
        IDataView scored = model.Transform(data);
        Assert.All(Rows.Scores(scored, "Score"), row => Assert.Equal(4, row.Length));
        Assert.False(scored.Schema["Score"].HasSlotNames());
        Assert.False(scored.Schema["PredictedLabel"].HasKeyValues());
        Assert.Equal(1, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
    }

    [Fact]
    public void One_class_is_refused_and_says_why()
    {
        IDataView data = Data(["only"]);
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer()).Fit(data));
        Assert.Contains("at least two values", e.Message);
        Assert.Contains("got one of 1. Check that the training data has rows and more than one class", e.Message);
    }

    [Fact]
    public void Keys_of_every_width_are_read()
    {
        foreach (DataKind kind in new[] { DataKind.Byte, DataKind.UInt16, DataKind.UInt32, DataKind.UInt64 })
        {
            using var folder = new TemporaryFolder();
            File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 20).Select(i => $"{i % 2}\t{(i % 2 == 0 ? "late parcel" : "wrong bill")}"));
            IDataView data = Keyed(folder.File("data.tsv"), kind, 2);
            Assert.Equal(1, Accuracy(Trainer().Fit(data).Transform(data)));
        }
    }

    [Fact]
    public void A_validation_set_with_other_keys_is_refused()
    {
        IDataView data = Data(["late", "double"]), other = Data(["double", "late"]);
        IDataView prepared = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data), foreign = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(other).Transform(other);
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options with { Training = options.Training with { ValidationSet = foreign } }).Fit(prepared));
        Assert.Contains("validation label column 'Label'", e.Message);
        Assert.Contains("fitted on the training data", e.Message);
    }

    [Fact]
    public void A_validation_set_that_was_not_transformed_is_named_as_the_culprit()
    {
        IDataView data = Data(["late", "double"]);
        IDataView prepared = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        IDataView unlabelled = _ml.Transforms.DropColumns("Label").Fit(prepared).Transform(prepared), textless = _ml.Transforms.DropColumns("Text").Fit(prepared).Transform(prepared);
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        foreach ((IDataView rows, string column) in new[] { (data, "validation label column 'Label'"), (unlabelled, "validation label column 'Label'"), (textless, "validation input column 'Text'") })
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options with { Training = options.Training with { ValidationSet = rows } }).Fit(prepared));
            Assert.Contains(column, e.Message);
            Assert.Contains("Pass the validation rows through the transforms that were fitted on the training data.", e.Message);
        }
    }

    [Fact]
    public void A_model_that_has_learned_nothing_is_warned_of()
    {
        // Nothing can be learned from one text for all.
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(i => new Row<string> { Label = i % 2 == 0 ? "late" : "double", Text = "the same" }).ToArray());
        IDataView prepared = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        _ml.MulticlassClassification.Trainers.RnnTextClassification(options with { Training = options.Training with { ValidationFraction = 0.5 } }).Fit(prepared);
        Assert.Contains(log, line => line.Contains("no better than predicting the most frequent label"));
        Assert.Contains(log, line => line.Contains("training on 12 rows, selecting the best epoch on 12"));
    }

    [Fact]
    public void Tokens_of_a_stock_tokenizer_are_taken_as_they_are()
    {
        IDataView data = Data(["late", "double"]);
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text"))
            .Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(RnnTextClassificationContract.Tiny with { InputColumnName = "Tokens" }));
        using var stream = new MemoryStream();
        ITransformer model = pipeline.Fit(data);
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        IDataView before = model.Transform(data), after = new MLContext().Model.Load(stream, out _).Transform(data);
        Assert.Equal(1, Accuracy(before));
        Assert.Equal(Rows.Of(before, "Score"), Rows.Of(after, "Score"));
        // Scored with plain text instead, it says so.
        RnnTransformer rnn = ((IEnumerable<ITransformer>)model).OfType<RnnTransformer>().Single();
        IDataView wrong = _ml.Transforms.CopyColumns("Tokens", "Text").Fit(data).Transform(data);
        Assert.Contains("expected Vector<String>, got String", Assert.Throws<ArgumentOutOfRangeException>(() => rnn.Transform(wrong)).Message);
    }

    [Fact]
    public void A_newer_model_format_is_refused_by_name()
    {
        IDataView data = Data(["late", "double"]);
        RnnTransformer model = Trainer().Fit(_ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data));
        var newer = new RnnTransformer(new Model.RnnModel(model.Model.Spec with { Format = 99 }, model.Model.Network.Graph, model.Model.Words, model.Model.Labels));
        using var stream = new MemoryStream();
        _ml.Model.Save(newer, null, stream);
        stream.Position = 0;
        Exception e = TrainerContract.Innermost(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(stream, out _)));
        Assert.Contains("Model format: expected 1 to 2, got 99. Update MlNetRnn.Transforms", e.Message);
    }

    private IEstimator<RnnTransformer> Trainer() => _ml.MulticlassClassification.Trainers.RnnTextClassification(
        RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.Tiny.Training with { MaxEpochs = 20 } });

    private IDataView Data<T>(T[] labels) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 24).Select(i => new Row<T> { Label = labels[i % labels.Length], Text = $"word{i % labels.Length} and word{i % labels.Length}" }).ToArray());

    private IDataView Keyed(string file, DataKind kind, ulong count) => _ml.Data.CreateTextLoader(new TextLoader.Options
    {
        Columns = [new TextLoader.Column("Label", kind, [new TextLoader.Range(0)], new KeyCount(count)), new TextLoader.Column("Text", DataKind.String, 1)],
    }).Load(file);

    private static double Accuracy(IDataView scored) => Rows.Of(scored, "Label").Zip(Rows.Of(scored, "PredictedLabel")).Average(p => p.First == p.Second ? 1 : 0);

    private void LabelsComeBack<TLabel, TColumn>(TLabel[] labels, Func<TColumn, object> read)
    {
        IDataView data = Data(labels);
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label").Append(Trainer()).Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        IDataView scored = new MLContext().Model.Load(stream, out _).Transform(data);
        Assert.Equal(typeof(TColumn), scored.Schema["PredictedLabel"].Type.RawType);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (object)labels[i % labels.Length]!), scored.GetColumn<TColumn>("PredictedLabel").Select(read));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(labels.Select(label => Convert.ToString(label, CultureInfo.InvariantCulture)), names.DenseValues().Select(name => name.ToString()));
    }

    private sealed class Row<T>
    {
        public T Label { get; set; } = default!;

        public string Text { get; set; } = "";
    }
}
