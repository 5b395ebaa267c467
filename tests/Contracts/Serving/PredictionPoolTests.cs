using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>One model, any number of threads, replaced under way.</summary>
public class PredictionPoolTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20), Long = TimeSpan.FromSeconds(30);

    private readonly MLContext _ml = new(1);
    private readonly Message[] _messages = [.. Enumerable.Range(0, 40).Select(i => new Message { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} word{i % 3}" })];

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
    public async Task A_file_that_is_replaced_under_way_is_answered_from_by_the_old_model_or_the_new_and_never_by_both()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnTransformer first = Train(seed: 1), second = Train(seed: 2);
        var expected = new ConcurrentDictionary<string, float[][]>();
        Save(first, file);
        using var pool = new PredictionPool<Message, Prediction>(_ml, file, Often);
        using var reloaded = new ManualResetEventSlim();
        pool.Reloaded += (_, _) => reloaded.Set();
        expected[pool.Version] = Expected(first);
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentBag<(string Version, int Row, float[] Score)>();
        Task[] clients = [.. Enumerable.Range(0, 4).Select(client => Task.Run(() =>
        {
            for (int i = client; !stop.IsCancellationRequested; i++)
            {
                if (i % 5 > 0)
                {
                    float[] score = pool.Predict(_messages[i % 40], out string version).Score;
                    seen.Add((version, i % 40, score));
                    continue;
                }
                IReadOnlyList<Prediction> all = pool.Predict(_messages, out string ofAll);
                for (int row = 0; row < all.Count; row++) seen.Add((ofAll, row, all[row].Score));
            }
        }))];
        string before = pool.Version;
        Save(second, folder.File("new.zip"));
        File.Move(folder.File("new.zip"), file, overwrite: true);
        Assert.True(reloaded.Wait(Long));
        Assert.NotEqual(before, pool.Version);
        expected[pool.Version] = Expected(second);
        Assert.Equal(expected[pool.Version][0], pool.Predict(_messages[0]).Score);
        stop.Cancel();
        await Task.WhenAll(clients);
        Assert.All(seen, answer => Rows.AssertClose([expected[answer.Version][answer.Row]], [answer.Score]));
    }

    [Fact]
    public void A_broken_file_leaves_the_old_model_at_work_until_a_whole_one_comes()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        Save(Train(seed: 1), file);
        using var pool = new PredictionPool<Message, Prediction>(_ml, file, Often);
        using ManualResetEventSlim failed = new(), reloaded = new();
        Exception? fault = null;
        pool.ReloadFailed += (_, e) =>
        {
            fault = e;
            failed.Set();
        };
        pool.Reloaded += (_, _) => reloaded.Set();
        string version = pool.Version;
        float[] expected = pool.Predict(_messages[0]).Score;
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^100]);
        Assert.True(failed.Wait(Long));
        Assert.NotNull(fault);
        Assert.Equal(expected, pool.Predict(_messages[0]).Score);
        Assert.Equal(version, pool.Version);
        Assert.ThrowsAny<Exception>(pool.Reload);
        Save(Train(seed: 2), file);
        Assert.True(reloaded.Wait(Long));
        Assert.NotEqual(version, pool.Version);
    }

    [Fact]
    public void Reload_reads_the_file_when_it_is_told_to()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        Save(Train(seed: 1), file);
        using var pool = new PredictionPool<Message, Prediction>(_ml, file);
        ITransformer before = pool.Model;
        pool.Reload();
        Assert.Same(before, pool.Model);            // the same file is the same model
        Save(Train(seed: 2), file);
        pool.Reload();
        Assert.NotSame(before, pool.Model);
        using var inMemory = new PredictionPool<Message, Prediction>(_ml, before);
        Assert.Contains("path", Assert.Throws<InvalidOperationException>(inMemory.Reload).Message);
    }

    [Fact]
    public void A_model_that_the_owner_refuses_never_answers_and_the_old_one_may_come_back()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), copy = folder.File("copy.zip");
        Save(Train(seed: 1), file);
        File.Copy(file, copy);
        int refused = 0, reloads = 0;
        Action<ITransformer> accept = _ => { };
        using var pool = new PredictionPool<Message, Prediction>(_ml, file, Often, accept: model => accept(model));
        using ManualResetEventSlim failed = new(), reloaded = new();
        pool.ReloadFailed += (_, fault) =>
        {
            if (fault.Message == "not that one") refused++;
            failed.Set();
            throw new InvalidOperationException("what a handler throws is lost");
        };
        pool.Reloaded += (_, _) =>
        {
            reloads++;
            reloaded.Set();
            throw new InvalidOperationException("what a handler throws is lost");
        };
        string version = pool.Version;
        accept = _ => throw new InvalidOperationException("not that one");
        Save(Train(seed: 2), file);
        Assert.True(failed.Wait(Long));
        Assert.Equal(version, pool.Version);
        File.Copy(copy, file, overwrite: true);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        Assert.True(reloaded.Wait(Long));
        Assert.Equal((1, 1, version), (refused, reloads, pool.Version));
        Assert.Throws<InvalidOperationException>(() => new PredictionPool<Message, Prediction>(_ml, file, accept: model => accept(model)));
    }

    [Fact]
    public void A_network_that_cannot_be_opened_is_refused_before_it_is_put_to_work()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnTransformer good = Train(seed: 1);
        Save(good, file);
        using var pool = new PredictionPool<Message, Prediction>(_ml, file);
        float[] expected = pool.Predict(_messages[0]).Score;
        Save(new RnnTransformer(new Model.RnnModel(good.Model.Spec, [1, 2, 3], good.Model.Words, good.Model.Labels)), file);
        Assert.Contains("ONNX", Assert.Throws<FormatException>(pool.Reload).Message);
        Assert.Equal(expected, pool.Predict(_messages[0]).Score);
    }

    [Fact]
    public void No_time_between_looks_is_refused()
    {
        foreach (TimeSpan period in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1) })
            Assert.Equal("reloadEvery", Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionPool<Message, Prediction>(_ml, "model.zip", period)).ParamName);
    }

    [Fact]
    public void Replaced_models_are_freed()
    {
        const int WarmUp = 20, Replacements = 60, AllowedMegaBytes = 60;
        using var folder = new TemporaryFolder();
        // A megabyte of weights each.
        string[] files = [.. new[] { 1, 2 }.Select(seed =>
        {
            string file = folder.File($"{seed}.zip");
            Save(Train(seed, size: 160), file);
            return file;
        })];
        string served = folder.File("model.zip");
        File.Copy(files[0], served);
        using var pool = new PredictionPool<Message, Prediction>(_ml, served);
        long before = 0;
        for (int i = 1; i <= WarmUp + Replacements; i++)
        {
            File.Copy(files[i % 2], served, overwrite: true);
            pool.Reload();
            pool.Predict(_messages[0]);
            if (i == WarmUp) before = Settled();
        }
        Assert.InRange((Settled() - before) >> 20, long.MinValue, AllowedMegaBytes);

        static long Settled()
        {
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
            return Environment.WorkingSet;
        }
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

    private RnnTransformer Train(int seed, int size = 9)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_messages);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTextClassificationOptions tiny = RnnTextClassificationContract.Tiny;
        return _ml.MulticlassClassification.Trainers.RnnTextClassification(tiny with { Network = tiny.Network with { HiddenSize = size, EmbeddingSize = size }, Training = tiny.Training with { Seed = seed } }).Fit(keyed);
    }

    private void Save(RnnTransformer model, string file) => _ml.Model.Save(model, _ml.Data.LoadFromEnumerable(_messages).Schema, file);

    private float[][] Expected(RnnTransformer model)
    {
        using PredictionEngine<Message, Prediction> engine = _ml.Model.CreatePredictionEngine<Message, Prediction>(model);
        return [.. _messages.Select(message => engine.Predict(message).Score)];
    }

    private sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private sealed class Other
    {
        public string Body { get; set; } = "";
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
