using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A new model file that is damaged or rejected: the old model stays in use.</summary>
public class RejectedModelTests : PoolCase
{
    [Fact]
    public void A_damaged_file_keeps_the_old_model_in_use_until_a_valid_file_replaces_it()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        Save(Train(seed: 1), file);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file, Often);
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

    /// <summary>The file has the same time and length both times, as when a link is set to the folder of the same release again.</summary>
    [Fact]
    public void A_damaged_file_is_reported_each_time_that_it_replaces_a_valid_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), good = folder.File("good.zip"), bad = folder.File("bad.zip");
        Save(Train(seed: 1), good);
        File.WriteAllBytes(bad, new byte[100]);
        File.CreateSymbolicLink(file, good);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file, Often);
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
    public void A_rejected_model_is_never_used_and_the_old_model_may_return()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), copy = folder.File("copy.zip");
        Save(Train(seed: 1), file);
        File.Copy(file, copy);
        int refused = 0, reloads = 0;
        Action<ITransformer> accept = _ => { };
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file, Often, accept: model => accept(model));
        using ManualResetEventSlim failed = new(), reloaded = new();
        pool.ReloadFailed += (_, fault) =>
        {
            if (fault.Message == "rejected") refused++;
            failed.Set();
            throw new InvalidOperationException("the pool ignores exceptions of handlers");
        };
        pool.Reloaded += (_, _) =>
        {
            reloads++;
            reloaded.Set();
            throw new InvalidOperationException("the pool ignores exceptions of handlers");
        };
        string version = pool.Version;
        accept = _ => throw new InvalidOperationException("rejected");
        Save(Train(seed: 2), file);
        Assert.True(failed.Wait(Long));
        Assert.Equal(version, pool.Version);
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow.AddMinutes(1));
        File.Move(copy, file, overwrite: true);
        Assert.True(reloaded.Wait(Long));
        Assert.Equal((1, 1, version), (refused, reloads, pool.Version));
        Assert.Throws<InvalidOperationException>(() => new PredictionPool<LabeledText, Prediction>(_ml, file, accept: model => accept(model)));
    }

    [Fact]
    public void A_network_that_cannot_be_opened_is_refused_before_it_is_used()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnTransformer good = Train(seed: 1);
        Save(good, file);
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file);
        float[] expected = pool.Predict(_messages[0]).Score;
        Save(new RnnTransformer(new Model.RnnModel(good.Model.Spec, [1, 2, 3], good.Model.Words, good.Model.Labels)), file);
        Assert.Contains("ONNX", Assert.Throws<FormatException>(pool.Reload).Message);
        Assert.Equal(expected, pool.Predict(_messages[0]).Score);
    }
}
