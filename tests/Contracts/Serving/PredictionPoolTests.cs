using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>One model, any number of threads.</summary>
public class PredictionPoolTests : PoolCase
{
    [Fact]
    public void Eight_threads_get_what_one_engine_says()
    {
        RnnTransformer model = Train(seed: 1);
        float[][] expected = Expected(model);
        using var pool = new PredictionPool<Message, Prediction>(_ml, model);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => Assert.Equal(expected[i % 40], pool.Predict(_messages[i % 40]).Score));
        Assert.Same(model, pool.Model);
        Assert.Equal("", pool.Version);
    }

    [Fact]
    public void Rows_together_are_as_rows_alone()
    {
        RnnTransformer model = Train(seed: 1);
        using var pool = new PredictionPool<Message, Prediction>(_ml, model);
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
    public void No_time_between_looks_is_refused()
    {
        foreach (TimeSpan period in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1) })
            Assert.Equal("reloadEvery", Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionPool<Message, Prediction>(_ml, "model.zip", period)).ParamName);
    }

    [Fact]
    public void A_pool_that_is_disposed_of_says_so_and_leaves_the_callers_model_alone()
    {
        RnnTransformer model = Train(seed: 1);
        var pool = new PredictionPool<Message, Prediction>(_ml, model);
        pool.Dispose();
        pool.Dispose();
        Assert.Throws<ObjectDisposedException>(() => pool.Predict(_messages[0]));
        Assert.Throws<ObjectDisposedException>(() => pool.Predict(_messages));
        Assert.Throws<ObjectDisposedException>(pool.Reload);
        Assert.Equal(40, Expected(model).Length);
    }

    /// <summary>What Microsoft.Extensions.ML does: engines of its own making in a pool of its own, disposed of at will.</summary>
    [Fact]
    public void A_pool_of_another_library_works_as_well()
    {
        RnnTransformer model = Train(seed: 1);
        float[][] expected = Expected(model);
        var pool = new ConcurrentBag<PredictionEngine<Message, Prediction>>();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (!pool.TryTake(out PredictionEngine<Message, Prediction>? engine)) engine = _ml.Model.CreatePredictionEngine<Message, Prediction>(model);
            Assert.Equal(expected[i % 40], engine.Predict(_messages[i % 40]).Score);
            if (i % 3 == 0) engine.Dispose();
            else pool.Add(engine);
        });
    }
}
