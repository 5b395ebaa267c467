using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The search for a classifier of texts: a recurrent network and its options, and a linear model, which may be sufficient.</summary>
internal sealed class TextSearch(MLContext ml, Examples examples, bool hasTest, OptionSpace<RnnTextClassificationOptions> space) : Search
{
    public const string Linear = "Linear";
    private const string Label = nameof(Example.Label);
    private static readonly TaskMetric<MulticlassClassificationMetrics> Metric = ClassificationMetric.MicroAccuracy;

    public override string MetricName => Metric.Name;

    public override bool IsMaximize => Metric.IsMaximize;

    public override Found Run(ExperimentSettings settings) => SearchRun.Run(
        ml.Rnn().CreateExperiment<RnnTextClassificationOptions>()
            .SetPipeline((ml, options) => Pipeline(ml, ml.MulticlassClassification.Trainers.RnnTextClassification(options)))
            .AddPipeline(Linear, ml => Pipeline(ml, LinearModel.Create(ml)))
            .SetSearchSpace(space)
            .SetDataset(examples.Train, examples.Validation)
            .SetMetric(Metric),
        space,
        settings);

    public override double? Test(ITransformer model) => hasTest ? ClassTask.Metrics(ml, model.Transform(examples.Test), Label).First().Value : null;

    public override void Save(ITransformer model, string file)
    {
        // The first transformer turns labels into keys; there are no labels when the model predicts.
        var withoutLabel = new TransformerChain<ITransformer>([.. ((IEnumerable<ITransformer>)model).Skip(1)]);
        ml.Model.Save(withoutLabel, ml.Data.LoadFromEnumerable<TextRow>([]).Schema, file);
    }

    private static IEstimator<ITransformer> Pipeline(MLContext ml, IEstimator<ITransformer> trainer) => ml.Transforms.Conversion.MapValueToKey(Label)
        .Append(trainer)
        .Append(ml.Transforms.Conversion.MapKeyToValue(TextTask.Answer, "PredictedLabel"));
}
