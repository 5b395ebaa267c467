using System.Collections.Concurrent;
using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A model file that is replaced while predictions run.</summary>
public class ReplacedModelTests : PoolCase
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20), Long = TimeSpan.FromSeconds(30);

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
        Save(second, file);
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

    /// <summary>The time and length of the file are the same both times, as with a link that is set to a folder of the same release again.</summary>
    [Fact]
    public void The_same_bad_file_is_reported_each_time_that_it_is_put_there()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), good = folder.File("good.zip"), bad = folder.File("bad.zip");
        Save(Train(seed: 1), good);
        File.WriteAllBytes(bad, new byte[100]);
        File.CreateSymbolicLink(file, good);
        using var pool = new PredictionPool<Message, Prediction>(_ml, file, Often);
        int failed = 0, reloaded = 0;
        pool.ReloadFailed += (_, _) => Interlocked.Increment(ref failed);
        pool.Reloaded += (_, _) => Interlocked.Increment(ref reloaded);
        void Link(string target)
        {
            File.CreateSymbolicLink($"{file}.new", target);
            File.Move($"{file}.new", file, overwrite: true);
        }
        for (int round = 1; round <= 2; round++)
        {
            Link(bad);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref failed) == round, Long));
            Link(good);
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref reloaded) == round, Long));
        }
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
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddMinutes(1));
        File.Move(copy, file, overwrite: true);
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
}
