using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;
using MlNetRnn;

public static class SweptClassifier
{
    /// <param name="ml">ML.NET.</param>
    /// <param name="train">Label and Text.</param>
    /// <param name="validation">The same.</param>
    public static ITransformer Search(MLContext ml, IDataView train, IDataView validation)
    {
        // AutoML converts options to JSON, which loses rows, tokens and callbacks: they are captured here, not set in the search space.
        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label").Fit(train);
        IDataView epochs = keys.Transform(validation);
        SweepableEstimator rnn = ml.Auto().CreateSweepableEstimator(
            (context, options) => context.MulticlassClassification.Trainers.RnnTextClassification(
                options with { Training = options.Training with { ValidationSet = epochs } }),
            new SearchSpace<RnnTextClassificationOptions>(new RnnTextClassificationOptions()));
        SweepablePipeline pipeline = ml.Transforms.Conversion.MapValueToKey("Label").Append(rnn)
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        return ml.Auto().CreateExperiment()
            .SetPipeline(pipeline)
            .SetDataset(train, validation)
            .SetMulticlassClassificationMetric(MulticlassClassificationMetric.MicroAccuracy, labelColumn: "Label")
            .SetTrainingTimeInSeconds(600)
            .Run().Model;
    }
}
