using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Accuracy;
using MlNetRnn.Accuracy.Tagging;
using MlNetRnn.Experiments;

namespace MlNetRnn.ExperimentBenchmarks;

/// <summary>Creates the search for each data set: its rows, its pipeline and its metric.</summary>
internal static class Searches
{
    private static readonly Dictionary<string, Func<DirectoryInfo, Search>> ByName = new()
    {
        // The messages of the samples, which need no download
        ["messages"] = root =>
        {
            DataSet all = DataSets.Load("messages", root), parts = DataSet.Split([.. all.Train], 0.1);
            return Texts(parts.Train, parts.Test, all.Test, ClassificationMetric.MicroAccuracy);
        },
        // TREC questions, six classes; a fifth of the training part, the same every time, validates: by accuracy, or by log-loss, which is more informative
        // on 1,090 rows
        ["trec6"] = root => Trec(root, ClassificationMetric.MicroAccuracy),
        ["trec6-loss"] = root => Trec(root, ClassificationMetric.LogLoss),
        // The first 2,000 sentences of English Web Treebank, parts of speech; 1,000 of its validation part
        ["ewt2000"] = root =>
        {
            TaggedSet all = TaggedSets.Load("ewt", root);
            return new Search<RnnSequenceTaggingOptions, RnnSequenceTaggingMetrics>(
                ml => (ml.Data.LoadFromEnumerable(all.Train.Take(2000)), ml.Data.LoadFromEnumerable(all.Validation!.Take(1000)),
                    ml.Data.LoadFromEnumerable(all.Test)),
                (ml, options) => ml.MulticlassClassification.Trainers.RnnSequenceTagging(options),
                // Parts of speech are no spans.
                new OptionSpace<RnnSequenceTaggingOptions>().Fix(o => o.Network.MissedSpanCost),
                TaggingMetric.TokenAccuracy, TaggingMetric.TokenAccuracy,
                (ml, scored) => ml.MulticlassClassification.EvaluateSequenceTagging(scored));
        },
    };

    public static IEnumerable<string> KnownNames => ByName.Keys;

    public static Search Load(string name, DirectoryInfo root) => ByName[name](root);

    private static Search Trec(DirectoryInfo root, TaskMetric<MulticlassClassificationMetrics> metric)
    {
        DataSet all = DataSets.Load("trec6", root);
        DataSet parts = DataSet.Split([.. all.Train], 0.2);
        return Texts(parts.Train, parts.Test, all.Test, metric);
    }

    private static Search Texts(IReadOnlyList<Example> train, IReadOnlyList<Example> validation, IReadOnlyList<Example> test,
        TaskMetric<MulticlassClassificationMetrics> metric) =>
        new Search<RnnTextClassificationOptions, MulticlassClassificationMetrics>(
            ml => (ml.Data.LoadFromEnumerable(train), ml.Data.LoadFromEnumerable(validation), ml.Data.LoadFromEnumerable(test)),
            (ml, options) => ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.RnnTextClassification(options)),
            new OptionSpace<RnnTextClassificationOptions>(),
            metric, ClassificationMetric.MicroAccuracy,
            (ml, scored) => ml.MulticlassClassification.Evaluate(scored));
}
