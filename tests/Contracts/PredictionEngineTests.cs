using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The engine as a service uses it: one model, many engines, many threads.</summary>
public class PredictionEngineTests
{
    private readonly MLContext _ml = new(1);
    private readonly ITransformer _model;
    private readonly Message[] _messages = [.. Enumerable.Range(0, 40).Select(i => new Message { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} word{i % 3}" })];

    public PredictionEngineTests()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_messages);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        _model = new EstimatorChain<ITransformer>().Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(RnnTextClassificationContract.Tiny))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(keyed);
    }

    [Fact]
    public void Equals_the_batched_transform_row_by_row()
    {
        IDataView scored = _model.Transform(_ml.Data.LoadFromEnumerable(_messages));
        string[] labels = [.. scored.GetColumn<string>("PredictedLabel")];
        float[][] scores = Rows.Scores(scored, "Score");
        PredictionEngine<Message, Prediction> engine = Engine();
        for (int i = 0; i < _messages.Length; i++)
        {
            Prediction prediction = engine.Predict(_messages[i]);
            Assert.Equal(labels[i], prediction.PredictedLabel);
            Rows.AssertClose([scores[i]], [prediction.Score]);
        }
    }

    [Fact]
    public void Disposing_of_one_engine_leaves_all_others_and_the_model_working()
    {
        PredictionEngine<Message, Prediction> first = Engine(), second = Engine();
        float[] expected = first.Predict(_messages[0]).Score;
        first.Dispose();
        Assert.Equal(expected, second.Predict(_messages[0]).Score);
        second.Dispose();
        Assert.Equal(expected, Engine().Predict(_messages[0]).Score);
        Rows.AssertClose([expected], [Rows.Scores(_model.Transform(_ml.Data.LoadFromEnumerable(_messages)), "Score")[0]]);
    }

    [Fact]
    public void Eight_engines_on_eight_threads_agree()
    {
        PredictionEngine<Message, Prediction> one = Engine();
        float[][] expected = [.. _messages.Select(message => one.Predict(message).Score)];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            PredictionEngine<Message, Prediction> own = Engine();
            for (int round = 0; round < 5; round++) Assert.Equal(expected, _messages.Select(message => own.Predict(message).Score));
        });
    }

    [Fact]
    public void A_null_text_is_scored_as_an_empty_one()
    {
        PredictionEngine<Message, Prediction> engine = Engine();
        Assert.Equal(engine.Predict(new Message { Text = "" }).Score, engine.Predict(new Message { Text = null! }).Score);
    }

    private PredictionEngine<Message, Prediction> Engine() => _ml.Model.CreatePredictionEngine<Message, Prediction>(_model);

    private sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = "";

        public float[] Score { get; set; } = [];
    }
}
