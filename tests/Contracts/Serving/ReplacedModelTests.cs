using System.Collections.Concurrent;
using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A model file that is replaced while the pool predicts.</summary>
public class ReplacedModelTests : PoolCase
{
    [Fact]
    public async Task Each_call_during_a_replacement_uses_either_the_old_model_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnTransformer first = Train(seed: 1), second = Train(seed: 2);
        var expected = new ConcurrentDictionary<string, float[][]>();
        Save(first, file);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file, Often);
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
    public void Reload_reads_a_changed_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        Save(Train(seed: 1), file);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file);
        ITransformer before = pool.Model;
        pool.Reload();
        Assert.Same(before, pool.Model);            // an unchanged file is not read again
        Save(Train(seed: 2), file);
        pool.Reload();
        Assert.NotSame(before, pool.Model);
        using var inMemory = new PredictionPool<LabeledText, Prediction>(_ml, before);
        Assert.Contains("path", Assert.Throws<InvalidOperationException>(inMemory.Reload).Message);
    }

    [Fact]
    public void Replaced_models_are_freed()
    {
        const int WarmUp = 20, Replacements = 60, AllowedMegaBytes = 60;
        using var folder = new TemporaryFolder();
        // Each model has a megabyte of weights.
        string[] files = [.. new[] { 1, 2 }.Select(seed =>
        {
            string file = folder.File($"{seed}.zip");
            Save(Train(seed, size: 160), file);
            return file;
        })];
        string served = folder.File("model.zip");
        File.Copy(files[0], served);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, served);
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
