using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Models with 8-bit weights predict nearly the same, save and load like other models, and are refused where they cannot work.</summary>
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
        _data = _ml.LoadRows(60, i =>
            new LabeledText { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} and filler{i % 11} again word{i % 3}" });
        _keyed = _ml.MapToKeys(_data);
    }

    [Fact]
    public void A_quantized_model_has_a_third_of_the_size_and_predicts_nearly_the_same()
    {
        RnnTransformer model = Train(Wide), small = model.Quantize();
        Assert.True(small.IsQuantized);
        Assert.False(model.IsQuantized);
        Assert.EndsWith("8-bit weights)", small.ToString());
        float[][] scores = Rows.Scores(small.Transform(_data), "Score");
        Rows.AssertClose(Rows.Scores(model.Transform(_data), "Score"), scores, 0.02);
        Assert.Equal(Rows.Of(model.Transform(_data), "PredictedLabel"), Rows.Of(small.Transform(_data), "PredictedLabel"));

        byte[] saved = _ml.SaveToBytes(small, _data.Schema);
        Assert.InRange(saved.Length, 1, _ml.SaveToBytes(model, _data.Schema).Length / 3);
        var loaded = Assert.IsType<RnnTransformer>(new MLContext().LoadFromBytes(saved));
        Assert.Equal(scores, Rows.Scores(loaded.Transform(_data), "Score"));
        Assert.True(loaded.IsQuantized);
    }

    [Fact]
    public void A_quantized_chain_keeps_its_other_transforms_and_the_result_reports_the_cost()
    {
        ITransformer chain = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(Wide))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel")).Fit(_data);
        double Accuracy(IDataView scored) => _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        List<string> log = _ml.RecordLog();
        RnnQuantization result = _ml.Model.Quantize(chain, _data, Accuracy);
        Assert.Equal(Accuracy(chain.Transform(_data)), result.MetricBefore);
        Assert.Equal(Accuracy(result.Model.Transform(_data)), result.MetricAfter);
        Assert.Equal(chain.Transform(_data).GetColumn<string>("Answer"), result.Model.Transform(_data).GetColumn<string>("Answer"));
        Assert.True(result.BytesBefore > 3 * result.BytesAfter);
        Assert.Contains("metric on the validation data: 1.0000 -> 1.0000 (0)", result.ToString());
        Assert.Contains("8 bits: embedding, recurrent.0", result.ToString());
        Assert.Contains(log, line => line.Contains("times smaller"));
    }

    [Fact]
    public void A_quantized_tagger_with_characters_and_a_CRF_predicts_nearly_the_same()
    {
        IDataView sentences = Data(
            "Anna/B-PER Lowell/I-PER went/O to/O Lakeville/B-LOC", "Clara/B-PER saw/O Anna/B-PER again/O",
            "to/O Newville/B-LOC went/O Berta/B-PER Mendel/I-PER");
        RnnTaggingNetworkOptions network = Tiny.Network with { Dependency = RnnTagDependency.Crf, Characters = RnnCharacterEncoder.Lstm };
        RnnTransformer model = Fit(Tiny with { Network = network }, sentences), small = model.Quantize();
        Assert.Equal(Rows.Of(model.Transform(sentences), "PredictedLabel"), Rows.Of(small.Transform(sentences), "PredictedLabel"));
        Rows.AssertClose(Rows.Scores(model.Transform(sentences), "Score"), Rows.Scores(small.Transform(sentences), "Score"), 0.05);
    }

    [Fact]
    public void A_quantized_model_is_refused_for_quantization_and_for_training()
    {
        RnnTransformer small = Train(Wide).Quantize();
        AssertThrows.With<ArgumentException>(() => small.Quantize(), "already");
        AssertThrows.With<ArgumentException>(() => _ml.Model.Quantize(small), "already");
        AssertThrows.With<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(Wide).ContinueFrom(small), "quantized");
    }

    [Fact]
    public void A_model_without_a_network_is_refused()
    {
        ITransformer copy = _ml.Transforms.CopyColumns("Same", "Text").Fit(_data);
        AssertThrows.With<ArgumentException>(() => _ml.Model.Quantize(copy), nameof(RnnTransformer));
    }

    private RnnTransformer Train(RnnTextClassificationOptions options) => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(_keyed);
}
