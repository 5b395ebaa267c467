using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MlNetRnn.Contracts;

/// <summary>Model files behind symbolic links, as deployments swap them, behind relative paths, and files that are not models.</summary>
public class LinkedModelTests : PoolCase
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20), Long = TimeSpan.FromSeconds(30);

    /// <summary>The volume of a Kubernetes ConfigMap: model.zip -> ..data/model.zip, ..data -> a directory for each version; the new link is renamed over the old one.</summary>
    [Fact]
    public void The_link_of_a_volume_is_swapped()
    {
        using var folder = new TemporaryFolder();
        string Version(int number, DateTime written)
        {
            string directory = Directory.CreateDirectory(folder.File($"..v{number}")).FullName;
            Save(Train(seed: number), Path.Combine(directory, "model.zip"));
            // The same times and, with networks of one size, nearly the same length: only the place differs for certain.
            File.SetLastWriteTimeUtc(Path.Combine(directory, "model.zip"), written);
            return directory;
        }
        DateTime written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Version(1, written);
        Version(2, written);
        File.CreateSymbolicLink(folder.File("..data"), "..v1");
        File.CreateSymbolicLink(folder.File("model.zip"), Path.Combine("..data", "model.zip"));
        AssertReloads(folder.File("model.zip"), () =>
        {
            File.CreateSymbolicLink(folder.File("..data_tmp"), "..v2");
            Assert.Equal(0, Repository.Run("mv", ["-T", folder.File("..data_tmp"), folder.File("..data")]).ExitCode);
        });
    }

    [Fact]
    public void The_target_of_a_link_is_replaced()
    {
        using var folder = new TemporaryFolder();
        Save(Train(seed: 1), folder.File("v7.zip"));
        File.CreateSymbolicLink(folder.File("current.zip"), "v7.zip");
        AssertReloads(folder.File("current.zip"), () => Save(Train(seed: 2), folder.File("v7.zip")));
    }

    [Fact]
    public void A_link_is_turned_to_another_file()
    {
        using var folder = new TemporaryFolder();
        Save(Train(seed: 1), folder.File("v7.zip"));
        Save(Train(seed: 2), folder.File("v8.zip"));
        File.CreateSymbolicLink(folder.File("current.zip"), folder.File("v7.zip"));
        AssertReloads(folder.File("current.zip"), () =>
        {
            File.CreateSymbolicLink(folder.File("next.zip"), folder.File("v8.zip"));
            File.Move(folder.File("next.zip"), folder.File("current.zip"), overwrite: true);
        });
    }

    [Fact]
    public void A_file_with_the_times_of_the_old_one_is_moved_over_it()
    {
        using var folder = new TemporaryFolder();
        (string file, string next) = (folder.File("model.zip"), folder.File("next.zip"));
        Save(Train(seed: 1), file);
        Save(Train(seed: 2), next);
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(file));
        AssertReloads(file, () => File.Move(next, file, overwrite: true));
    }

    [Fact]
    public void A_relative_path_stays_that_of_the_directory_in_which_the_pool_was_made()
    {
        using TemporaryFolder first = new(), second = new();
        Save(Train(seed: 1), first.File("model.zip"));
        Save(Train(seed: 2), second.File("model.zip"));
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(first.FullName);
            using var pool = new PredictionPool<Message, Prediction>(_ml, "model.zip");
            string version = pool.Version;
            Directory.SetCurrentDirectory(second.FullName);
            pool.Reload();
            Assert.Equal(version, pool.Version);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    [Theory]
    [InlineData(0, "a file of 0 bytes")]
    [InlineData(2, "a file of 2 bytes")]
    [InlineData(5000, "something other than a zip archive")]
    public void A_file_that_is_not_a_model_is_refused_with_its_name(int length, string got)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        File.WriteAllBytes(file, new byte[length]);
        var e = Assert.Throws<FormatException>(() => new PredictionPool<Message, Prediction>(_ml, file));
        Assert.Equal($"{file}: expected a model as ML.Model.Save writes it, got {got}. Save the model again, or copy the file again.", e.GetBaseException().Message);
    }

    [Fact]
    public void The_container_gives_a_pool_that_logs_what_becomes_of_a_replaced_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), other = folder.File("other.zip");
        Save(Train(seed: 1), file);
        Save(Train(seed: 2), other);
        var log = new RecordingLogger();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(_ml)
            .AddSingleton<ILogger<PredictionPool<Message, Prediction>>>(log)
            .AddPredictionPool<Message, Prediction>(file, Often)
            .AddPredictionPool<Message, Prediction>(other, serviceKey: "other")
            .BuildServiceProvider();
        var pool = services.GetRequiredService<PredictionPool<Message, Prediction>>();
        Assert.Same(pool, services.GetRequiredService<PredictionPool<Message, Prediction>>());
        Assert.NotEqual(pool.Version, services.GetRequiredKeyedService<PredictionPool<Message, Prediction>>("other").Version);
        Assert.Equal(Expected(Train(seed: 1))[0], pool.Predict(_messages[0]).Score);

        File.WriteAllBytes($"{file}.new", [1, 2]);
        File.Move($"{file}.new", file, overwrite: true);
        Assert.True(SpinWait.SpinUntil(() => log.Lines.Any(line => line.StartsWith("Error") && line.Contains("cannot be used") && line.Contains("a file of 2 bytes")), Long));
        Save(Train(seed: 2), file);
        Assert.True(SpinWait.SpinUntil(() => log.Lines.Any(line => line.StartsWith("Information") && line.Contains("is used")), Long));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddPredictionPool<Message, Prediction>(file, TimeSpan.Zero));
    }

    private void AssertReloads(string file, Action replace)
    {
        using var pool = new PredictionPool<Message, Prediction>(_ml, file, Often);
        using var reloaded = new ManualResetEventSlim();
        pool.Reloaded += (_, _) => reloaded.Set();
        Assert.Equal(Expected(Train(seed: 1))[0], pool.Predict(_messages[0]).Score);
        replace();
        Assert.True(reloaded.Wait(Long));
        Assert.Equal(Expected(Train(seed: 2))[0], pool.Predict(_messages[0]).Score);
    }

    private sealed class RecordingLogger : ILogger<PredictionPool<Message, Prediction>>
    {
        private readonly List<string> _lines = [];

        public string[] Lines
        {
            get { lock (_lines) return [.. _lines]; }
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_lines) _lines.Add($"{logLevel}: {formatter(state, exception)}");
            throw new InvalidOperationException("what a logger throws is lost");
        }
    }
}
