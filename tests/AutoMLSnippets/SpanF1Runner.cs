using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using MlNetRnn;

public sealed class SpanF1Runner(MLContext context, ITrainValidateDatasetManager data) : ITrialRunner
{
    public static ITransformer Search(MLContext ml, IDataView train, IDataView validation) => ml.Auto().CreateExperiment()
        .AddSearchSpace("rnn", new SearchSpace<RnnSequenceTaggingOptions>(new RnnSequenceTaggingOptions()))
        .SetDataset(train, validation)
        .SetTrialRunner(services => new SpanF1Runner(
            (MLContext)services.GetService(typeof(MLContext))!,
            (ITrainValidateDatasetManager)services.GetService(typeof(IDatasetManager))!))
        .SetCostFrugalTuner()
        .SetTrainingTimeInSeconds(600)
        .Run().Model;

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => Task.Run(() =>
    {
        var watch = Stopwatch.StartNew();
        RnnSequenceTaggingOptions options = settings.Parameter["rnn"].AsType<RnnSequenceTaggingOptions>();
        IDataView validation = data.LoadValidateDataset(context, settings);
        options = options with { Training = options.Training with { ValidationSet = validation, CancellationToken = ct, OnCancel = RnnOnCancel.KeepBest } };
        ITransformer model = context.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(data.LoadTrainDataset(context, settings));
        double f1 = context.MulticlassClassification.EvaluateSequenceTagging(model.Transform(validation)).SpanF1;
        return new TrialResult { TrialSettings = settings, Model = model, Metric = f1, Loss = -f1, DurationInMilliseconds = watch.ElapsedMilliseconds };
    }, ct);

    public void Dispose()
    {
    }
}
