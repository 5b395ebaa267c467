using Microsoft.ML;
using MlNetRnn.Experiments;
using MlNetRnn.Samples.Tags;

namespace MlNetRnn.Samples.Experiment;

/// <summary>The search for a tagger of words or frames.</summary>
internal sealed class TagSearch(MLContext ml, TaggedFormat format, IDataView train, IDataView validation, IDataView? test) : Search
{
    private const string Predicted = "PredictedLabel";

    private readonly TaskMetric<RnnSequenceTaggingMetrics> _metric = MarkSpans(ml, train, format) && MarkSpans(ml, validation, format)
        ? TaggingMetric.SpanF1
        : TaggingMetric.TokenAccuracy;

    public override string MetricName => _metric.Name;

    public override bool IsMaximize => _metric.IsMaximize;

    public override Found Run(ExperimentSettings settings)
    {
        OptionSpace<RnnSequenceTaggingOptions> space = TaggingSpace.Of(format, MarkSpans(ml, train, format));
        return SearchRun.Run(
            ml.Rnn().CreateExperiment<RnnSequenceTaggingOptions>()
                .SetPipeline((ml, options) => ml.MulticlassClassification.Trainers.RnnSequenceTagging(options)
                    .Append(ml.Transforms.Conversion.MapKeyToValue(Tagger.Answer, Predicted)))
                .SetSearchSpace(space)
                .SetDataset(train, validation)
                .SetMetric(_metric, format.LabelColumn),
            space,
            settings);
    }

    public override double? Test(ITransformer model) =>
        test is null ? null : _metric.Value(ml.MulticlassClassification.EvaluateSequenceTagging(model.Transform(test), format.LabelColumn));

    public override void Save(ITransformer model, string file) => new Tagger(ml, model).Save(file);

    /// <summary>Whether the tags mark spans, without which span F1 is not defined: the true tags are evaluated against themselves.</summary>
    private static bool MarkSpans(MLContext ml, IDataView rows, TaggedFormat format)
    {
        IDataView truth = ml.Transforms.CopyColumns(Predicted, format.LabelColumn).Fit(rows).Transform(rows);
        return !double.IsNaN(ml.MulticlassClassification.EvaluateSequenceTagging(truth, format.LabelColumn, Predicted).SpanF1);
    }
}
