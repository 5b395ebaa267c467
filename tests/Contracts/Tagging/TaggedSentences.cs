using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>A few tagged sentences, and a tagger that is small enough to memorize them quickly.</summary>
public abstract class TaggedSentences
{
    private protected static readonly string[] Sentences =
    [
        "Anna/B-PER went/O to/O Oslo/B-LOC", "the/O train/O left/O", "Anna/B-PER Berg/I-PER saw/O Oslo/B-LOC", "to/O Oslo/B-LOC went/O Anna/B-PER Berg/I-PER",
    ];

    private protected readonly MLContext _ml = new(1);

    private protected static RnnSequenceTaggingOptions Tiny { get; } = RnnSequenceTaggingContract.Tiny with
    {
        Network = TaggingContract.TinyNetwork with { Dropout = 0, WordDropout = 0, SingletonDropout = 0 },
        Training = RnnSequenceTaggingContract.Tiny.Training with { MaxEpochs = 60, LearningRate = 0.02f },
    };

    private protected RnnSequenceTaggingTrainer Trainer(RnnSequenceTaggingOptions options) => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options);

    private protected RnnTransformer Fit(RnnSequenceTaggingOptions options, IDataView data) => Trainer(options).Fit(data);

    /// <summary>Creates one row from each sentence "word/tag word/tag".</summary>
    private protected IDataView Data(params string[] sentences) => _ml.LoadRows(sentences.Length, i =>
    {
        string[][] pairs = [.. sentences[i].Split(' ').Select(pair => pair.Split('/'))];
        string[] tokens = [.. pairs.Select(pair => pair[0])];
        return new Row { Tokens = tokens, Text = string.Join(' ', tokens), Label = [.. pairs.Select(pair => pair[1])] };
    });

    /// <summary>Returns the names of the tags, one line per row.</summary>
    private protected static string[] Tags(IDataView scored, string column = "PredictedLabel")
    {
        string[] names = Names(scored, column);
        return [.. scored.GetColumn<VBuffer<uint>>(column).Select(keys => string.Join(' ', keys.DenseValues().Select(key => names[key - 1])))];
    }

    /// <summary>Returns the names of all tags.</summary>
    private protected static string[] Names(IDataView scored, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema[column].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private protected sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string Text { get; set; } = "";

        public string[] Label { get; set; } = [];
    }
}
