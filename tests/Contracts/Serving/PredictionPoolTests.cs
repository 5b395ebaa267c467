using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>A pool of prediction engines for one model and any number of threads.</summary>
public class PredictionPoolTests : PoolCase
{
    [Fact]
    public void Eight_threads_get_the_predictions_of_one_engine()
    {
        RnnTransformer model = Train(seed: 1);
        float[][] expected = Expected(model);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, model);
        var eightThreads = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        Parallel.For(0, 400, eightThreads, i => Assert.Equal(expected[i % 40], pool.Predict(_messages[i % 40]).Score));
        Assert.Same(model, pool.Model);
        Assert.Equal("", pool.Version);
    }

    [Fact]
    public void Many_rows_in_one_call_get_the_predictions_of_single_rows()
    {
        RnnTransformer model = Train(seed: 1);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, model);
        Rows.AssertClose(Expected(model), [.. pool.Predict(_messages).Select(answer => answer.Score)]);
        Assert.Empty(pool.Predict([]));
    }

    [Fact]
    public void A_column_may_have_another_name()
    {
        RnnTransformer model = Train(seed: 1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Other));
        schema[nameof(Other.Body)].ColumnName = "Text";
        using var pool = new PredictionPool<Other, Prediction>(_ml, model, new PredictionEngineOptions { InputSchemaDefinition = schema });
        Assert.Equal(Expected(model)[0], pool.Predict(new Other { Body = _messages[0].Text }).Score);
        Rows.AssertClose([Expected(model)[0]], [pool.Predict([new Other { Body = _messages[0].Text }])[0].Score]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionPool<Other, Prediction>(_ml, model));
    }

    [Fact]
    public void A_reload_period_that_is_not_positive_is_refused()
    {
        foreach (TimeSpan period in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1) })
        {
            var e = Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionPool<LabeledText, Prediction>(_ml, "model.zip", period));
            Assert.Equal("reloadEvery", e.ParamName);
        }
    }

    [Fact]
    public void A_disposed_pool_throws_and_does_not_dispose_the_model_of_the_caller()
    {
        RnnTransformer model = Train(seed: 1);
        var pool = new PredictionPool<LabeledText, Prediction>(_ml, model);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Predict(_messages[0]));
        Assert.Throws<ObjectDisposedException>(() => pool.Predict(_messages));
        Assert.Throws<ObjectDisposedException>(pool.Reload);
        Assert.Equal(40, Expected(model).Length);
    }

    /// <summary>The pool of Microsoft.Extensions.ML works like this: it creates, shares and disposes engines itself.</summary>
    [Fact]
    public void Engines_in_a_simple_pool_work_on_eight_threads()
    {
        RnnTransformer model = Train(seed: 1);
        float[][] expected = Expected(model);
        var pool = new ConcurrentBag<PredictionEngine<LabeledText, Prediction>>();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (!pool.TryTake(out PredictionEngine<LabeledText, Prediction>? engine)) engine = _ml.Model.CreatePredictionEngine<LabeledText, Prediction>(model);
            Assert.Equal(expected[i % 40], engine.Predict(_messages[i % 40]).Score);
            if (i % 3 == 0) engine.Dispose();
            else pool.Add(engine);
        });
    }
}
