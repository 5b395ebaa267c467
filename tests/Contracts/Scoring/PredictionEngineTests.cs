using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Prediction engines as a service uses them: one model, many engines, many threads.</summary>
public class PredictionEngineTests
{
    private readonly MLContext _ml = new(1);
    private readonly ITransformer _model;
    private readonly LabeledText[] _messages =
    [
        .. Enumerable.Range(0, 40).Select(i => new LabeledText { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} word{i % 3}" }),
    ];

    public PredictionEngineTests()
    {
        _model = new EstimatorChain<ITransformer>()
            .Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(RnnTextClassificationContract.Tiny))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(_ml.MapToKeys(_ml.LoadRows(_messages)));
    }

    [Fact]
    public void An_engine_predicts_the_same_as_the_batched_transform()
    {
        IDataView scored = _model.Transform(_ml.LoadRows(_messages));
        string[] labels = [.. scored.GetColumn<string>("PredictedLabel")];
        float[][] scores = Rows.Scores(scored, "Score");
        PredictionEngine<LabeledText, Prediction> engine = Engine();
        for (int i = 0; i < _messages.Length; i++)
        {
            Prediction prediction = engine.Predict(_messages[i]);
            Assert.Equal(labels[i], prediction.PredictedLabel);
            Rows.AssertClose([scores[i]], [prediction.Score]);
        }
    }

    [Fact]
    public void A_disposed_engine_does_not_affect_other_engines_or_the_model()
    {
        PredictionEngine<LabeledText, Prediction> first = Engine(), second = Engine();
        float[] expected = first.Predict(_messages[0]).Score;
        first.Dispose();
        Assert.Equal(expected, second.Predict(_messages[0]).Score);
        second.Dispose();
        Assert.Equal(expected, Engine().Predict(_messages[0]).Score);
        Rows.AssertClose([expected], [Rows.Scores(_model.Transform(_ml.LoadRows(_messages)), "Score")[0]]);
    }

    [Fact]
    public void Eight_engines_on_eight_threads_predict_the_same()
    {
        PredictionEngine<LabeledText, Prediction> one = Engine();
        float[][] expected = [.. _messages.Select(message => one.Predict(message).Score)];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            PredictionEngine<LabeledText, Prediction> own = Engine();
            for (int round = 0; round < 5; round++) Assert.Equal(expected, _messages.Select(message => own.Predict(message).Score));
        });
    }

    [Fact]
    public void A_null_text_is_scored_as_an_empty_text()
    {
        PredictionEngine<LabeledText, Prediction> engine = Engine();
        Assert.Equal(engine.Predict(new LabeledText { Text = "" }).Score, engine.Predict(new LabeledText { Text = null! }).Score);
    }

    private PredictionEngine<LabeledText, Prediction> Engine() =>
        _ml.Model.CreatePredictionEngine<LabeledText, Prediction>(_model);

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
