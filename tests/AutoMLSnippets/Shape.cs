// The API of Microsoft.ML.AutoML 0.23, and of Microsoft.ML.SearchSpace in it, that the snippets use (dotnet/machinelearning, tag v5.0.0).
// Only names and signatures: none of it runs.
#pragma warning disable CA1024, CA1711, CA1716, CA1801, CA1822, CA2227, IDE0060
using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.SearchSpace
{
    public sealed class Parameter
    {
        public Parameter this[string key] => throw new NotSupportedException();

        public T AsType<T>() => throw new NotSupportedException();
    }

    public class SearchSpace;

    public sealed class SearchSpace<T> : SearchSpace
        where T : class, new()
    {
        public SearchSpace()
        {
        }

        public SearchSpace(T defaultOption) => throw new NotSupportedException();
    }
}

namespace Microsoft.ML.AutoML
{
    public interface IDatasetManager;

    public interface ITrainValidateDatasetManager : IDatasetManager
    {
        IDataView LoadTrainDataset(MLContext context, TrialSettings? settings);

        IDataView LoadValidateDataset(MLContext context, TrialSettings? settings);
    }

    public class TrialSettings
    {
        public int TrialId { get; set; }

        public DateTime StartedAtUtc { get; set; }

        public DateTime? EndedAtUtc { get; set; }

        public Parameter Parameter { get; set; } = null!;
    }

    public class TrialResult
    {
        public TrialSettings TrialSettings { get; set; } = null!;

        public ITransformer Model { get; set; } = null!;

        public double Loss { get; set; }

        public double Metric { get; set; }

        public double DurationInMilliseconds { get; set; }

        public double? PeakCpu { get; set; }

        public double? PeakMemoryInMegaByte { get; set; }
    }

    public interface ITrialRunner : IDisposable
    {
        Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct);
    }

    public interface ITuner
    {
        Parameter Propose(TrialSettings settings);

        void Update(TrialResult result);
    }

    public class SweepableEstimator;

    public class SweepablePipeline;

    public enum MulticlassClassificationMetric
    {
        MicroAccuracy,
    }

    public class AutoMLExperiment
    {
        public AutoMLExperiment SetTrainingTimeInSeconds(uint trainingTimeInSeconds) => throw new NotSupportedException();

        public AutoMLExperiment AddSearchSpace(string key, SearchSpace.SearchSpace searchSpace) => throw new NotSupportedException();

        public AutoMLExperiment SetTrialRunner<TTrialRunner>(Func<IServiceProvider, TTrialRunner> factory)
            where TTrialRunner : class, ITrialRunner => throw new NotSupportedException();

        public TrialResult Run() => throw new NotSupportedException();

        public Task<TrialResult> RunAsync(CancellationToken ct = default) => throw new NotSupportedException();

        public class AutoMLExperimentSettings;
    }

    public static class AutoMLExperimentExtension
    {
        public static AutoMLExperiment SetDataset(this AutoMLExperiment experiment, IDataView train, IDataView validation,
            bool subSamplingTrainDataset = false) => throw new NotSupportedException();

        public static AutoMLExperiment SetMulticlassClassificationMetric(this AutoMLExperiment experiment, MulticlassClassificationMetric metric,
            string labelColumn = "label", string predictedColumn = "PredictedLabel") => throw new NotSupportedException();

        public static AutoMLExperiment SetPipeline(this AutoMLExperiment experiment, SweepablePipeline pipeline) => throw new NotSupportedException();

        public static AutoMLExperiment SetCostFrugalTuner(this AutoMLExperiment experiment) => throw new NotSupportedException();
    }

    public static class SweepableExtension
    {
        public static SweepablePipeline Append(this IEstimator<ITransformer> estimator, SweepableEstimator estimator1) => throw new NotSupportedException();

        public static SweepablePipeline Append(this SweepablePipeline pipeline, IEstimator<ITransformer> estimator) => throw new NotSupportedException();
    }

    public sealed class AutoCatalog
    {
        public SweepableEstimator CreateSweepableEstimator<T>(Func<MLContext, T, IEstimator<ITransformer>> factory, SearchSpace<T>? ss = null)
            where T : class, new() => throw new NotSupportedException();

        public AutoMLExperiment CreateExperiment(AutoMLExperiment.AutoMLExperimentSettings? settings = null) => throw new NotSupportedException();
    }

    public static class MLContextExtension
    {
        public static AutoCatalog Auto(this MLContext mlContext) => throw new NotSupportedException();
    }
}
