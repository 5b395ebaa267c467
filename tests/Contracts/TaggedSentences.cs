using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>A few tagged sentences, and a tagger small enough to learn them by heart at once.</summary>
public abstract class TaggedSentences
{
    private protected readonly MLContext _ml = new(1);

    private protected static RnnSequenceTaggingOptions Tiny { get; } = RnnSequenceTaggingContract.Tiny with
    {
        Network = TaggingContract.TinyNetwork with { Dropout = 0, WordDropout = 0, SingletonDropout = 0 },
        Training = RnnSequenceTaggingContract.Tiny.Training with { MaxEpochs = 60, LearningRate = 0.02f },
    };

    /// <summary>"word/tag word/tag", a row each.</summary>
    private protected IDataView Data(params string[] rows) => _ml.Data.LoadFromEnumerable(rows.Select(row => row.Split(' ').Select(pair => pair.Split('/')).ToArray())
        .Select(pairs => new Row { Tokens = [.. pairs.Select(pair => pair[0])], Text = string.Join(' ', pairs.Select(pair => pair[0])), Label = [.. pairs.Select(pair => pair[1])] }).ToArray());

    private protected static string[] Tags(IDataView scored, string column = "PredictedLabel") => [.. scored.GetColumn<VBuffer<uint>>(column).Select(keys => string.Join(' ', keys.DenseValues().Select(key => Names(scored, column)[key - 1])))];

    private protected static string[] Names(IDataView scored, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema[column].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private protected RnnTransformer Fit(RnnSequenceTaggingOptions options, IDataView data) => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(data);

    private protected static readonly string[] Sentences = ["Anna/B-PER went/O to/O Oslo/B-LOC", "the/O train/O left/O", "Anna/B-PER Berg/I-PER saw/O Oslo/B-LOC", "to/O Oslo/B-LOC went/O Anna/B-PER Berg/I-PER"];

    private protected sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }
}
