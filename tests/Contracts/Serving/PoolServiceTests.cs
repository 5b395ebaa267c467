using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MlNetRnn.Contracts;

/// <summary>Pools in a service container, and files that are not models.</summary>
public class PoolServiceTests : PoolCase
{
    [Theory]
    [InlineData(0, "a file of 0 bytes")]
    [InlineData(2, "a file of 2 bytes")]
    [InlineData(5000, "something other than a zip archive")]
    public void A_file_that_is_not_a_model_is_refused_with_its_name(int length, string got)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        File.WriteAllBytes(file, new byte[length]);
        var e = Assert.Throws<FormatException>(() => new PredictionPool<LabeledText, Prediction>(_ml, file));
        string expected = $"{file}: expected a model as ML.Model.Save writes it, got {got}. Save the model again, or copy the file again.";
        Assert.Equal(expected, e.GetBaseException().Message);
    }

    [Fact]
    public void The_service_container_creates_a_pool_that_logs_reloads_and_failures()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip"), other = folder.File("other.zip");
        Save(Train(seed: 1), file);
        Save(Train(seed: 2), other);
        var log = new RecordingLogger();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(_ml)
            .AddSingleton<ILogger<PredictionPool<LabeledText, Prediction>>>(log)
            .AddPredictionPool<LabeledText, Prediction>(file, Often)
            .AddPredictionPool<LabeledText, Prediction>(other, serviceKey: "other")
            .BuildServiceProvider();
        var pool = services.GetRequiredService<PredictionPool<LabeledText, Prediction>>();
        Assert.Same(pool, services.GetRequiredService<PredictionPool<LabeledText, Prediction>>());
        Assert.NotEqual(pool.Version, services.GetRequiredKeyedService<PredictionPool<LabeledText, Prediction>>("other").Version);
        Assert.Equal(Expected(Train(seed: 1))[0], pool.Predict(_messages[0]).Score);

        File.WriteAllBytes($"{file}.new", [1, 2]);
        File.Move($"{file}.new", file, overwrite: true);
        AssertLogged("Error", "cannot be used", "a file of 2 bytes");
        Save(Train(seed: 2), file);
        AssertLogged("Information", "is used");
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddPredictionPool<LabeledText, Prediction>(file, TimeSpan.Zero));

        void AssertLogged(string level, params string[] parts) => Assert.True(
            SpinWait.SpinUntil(() => log.Lines.Any(line => line.StartsWith(level) && parts.All(line.Contains)), Long), string.Join('\n', log.Lines));
    }

    private sealed class RecordingLogger : ILogger<PredictionPool<LabeledText, Prediction>>
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
            throw new InvalidOperationException("the pool ignores exceptions of loggers");
        }
    }
}
