using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Models with 8-bit weights: nearly the same answers, saved and loaded like any other, and refused where it makes no sense.</summary>
public class QuantizationTests : TaggedSentences
{
    private static readonly RnnTextClassificationOptions Wide = RnnTextClassificationContract.Tiny with
    {
        Network = RnnTextClassificationContract.TinyNetwork with { EmbeddingSize = 64, HiddenSize = 64 },
        Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 6 },
    };

    private readonly IDataView _data;
    private readonly IDataView _keyed;

    public QuantizationTests()
    {
        _data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Message { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} and filler{i % 11} again word{i % 3}" }).ToArray());
        _keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_data).Transform(_data);
    }

    [Fact]
    public void A_model_of_a_third_of_the_size_answers_nearly_the_same_also_when_loaded()
    {
        RnnTransformer model = Train(Wide), small = model.Quantize();
        Assert.True(small.IsQuantized);
        Assert.False(model.IsQuantized);
        Assert.EndsWith("8-bit weights)", small.ToString());
        float[][] scores = Rows.Scores(small.Transform(_data), "Score");
        Rows.AssertClose(Rows.Scores(model.Transform(_data), "Score"), scores, 0.02);
        Assert.Equal(Rows.Of(model.Transform(_data), "PredictedLabel"), Rows.Of(small.Transform(_data), "PredictedLabel"));

        using var folder = new TemporaryFolder();
        _ml.Model.Save(model, _data.Schema, folder.File("model.zip"));
        _ml.Model.Save(small, _data.Schema, folder.File("small.zip"));
        Assert.InRange(new FileInfo(folder.File("small.zip")).Length, 1, new FileInfo(folder.File("model.zip")).Length / 3);
        ITransformer loaded = new MLContext().Model.Load(folder.File("small.zip"), out _);
        Assert.Equal(scores, Rows.Scores(loaded.Transform(_data), "Score"));
        Assert.True(Assert.IsType<RnnTransformer>(loaded).IsQuantized);
    }

    [Fact]
    public void A_chain_stays_a_chain_and_the_cost_is_told()
    {
        ITransformer chain = _ml.Transforms.Conversion.MapValueToKey("Label").Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(Wide))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel")).Fit(_data);
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        RnnQuantization result = _ml.Model.Quantize(chain, _data, scored => _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        Assert.Equal(_ml.MulticlassClassification.Evaluate(chain.Transform(_data)).MicroAccuracy, result.MetricBefore);
        Assert.Equal(_ml.MulticlassClassification.Evaluate(result.Model.Transform(_data)).MicroAccuracy, result.MetricAfter);
        Assert.Equal(chain.Transform(_data).GetColumn<string>("Answer"), result.Model.Transform(_data).GetColumn<string>("Answer"));
        Assert.True(result.BytesBefore > 3 * result.BytesAfter);
        Assert.Contains("metric on the validation data: 1.0000 -> 1.0000 (0)", result.ToString());
        Assert.Contains("8 bits: embedding, recurrent.0", result.ToString());
        Assert.Contains(log, line => line.Contains("times smaller"));
    }

    [Fact]
    public void A_tagger_with_characters_and_a_CRF()
    {
        IDataView sentences = Data("Anna/B-PER Lowell/I-PER went/O to/O Lakeville/B-LOC", "Clara/B-PER saw/O Anna/B-PER again/O", "to/O Newville/B-LOC went/O Berta/B-PER Mendel/I-PER");
        RnnTransformer model = Fit(Tiny with { Network = Tiny.Network with { Dependency = RnnTagDependency.Crf, Characters = RnnCharacterEncoder.Lstm } }, sentences);
        RnnTransformer small = model.Quantize();
        Assert.Equal(Rows.Of(model.Transform(sentences), "PredictedLabel"), Rows.Of(small.Transform(sentences), "PredictedLabel"));
        float[][] expected = Rows.Scores(model.Transform(sentences), "Score"), actual = Rows.Scores(small.Transform(sentences), "Score");
        Rows.AssertClose(expected, actual, 0.05);
    }

    [Fact]
    public void What_cannot_be_is_refused_with_the_reason()
    {
        RnnTransformer small = Train(Wide).Quantize();
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => small.Quantize()).Message);
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => _ml.Model.Quantize(small)).Message);
        Assert.Contains("quantized", Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(Wide).ContinueFrom(small)).Message);
        ITransformer none = _ml.Transforms.CopyColumns("Same", "Text").Fit(_data);
        Assert.Contains(nameof(RnnTransformer), Assert.Throws<ArgumentException>(() => _ml.Model.Quantize(none)).Message);
    }

    private RnnTransformer Train(RnnTextClassificationOptions options) => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(_keyed);

    private sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
