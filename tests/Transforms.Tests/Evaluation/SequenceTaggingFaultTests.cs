using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Transforms.Tests.Corpora;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>Tests of the errors for columns that cannot be evaluated.</summary>
public sealed class SequenceTaggingFaultTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reports_columns_that_are_missing_or_of_another_type()
    {
        MulticlassClassificationCatalog catalog = _folder.ML.MulticlassClassification;
        IDataView data = _folder.Data(("Label", [["N"]]), ("PredictedLabel", [["N"]]));
        Assert.StartsWith(
            "Could not find label column 'Gold': expected Vector<String>, or Vector<Key> with key values, got only the columns 'Label', 'PredictedLabel'. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.EvaluateSequenceTagging(data, "Gold")).Message);
        Assert.StartsWith(
            "Could not find predicted label column 'Guess'",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.EvaluateSequenceTagging(data, predictedLabelColumnName: "Guess")).Message);
        Assert.StartsWith(
            "Could not find token column 'Token'",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.EvaluateSequenceTagging(data, tokenColumnName: "Token", trainingData: data)).Message);
        Assert.StartsWith("Could not find training token column 'Label'",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => catalog.EvaluateSequenceTagging(data, tokenColumnName: "Label", trainingData: _folder.Data(("Token", [["a"]])))).Message);
        IDataView numbers = _folder.ML.Data.LoadFromEnumerable([new Numbers()]);
        Assert.StartsWith("Schema mismatch for label column 'Label': expected Vector<String>, or Vector<Key> with key values, got Vector<Int32>. ",
            Assert.Throws<ArgumentOutOfRangeException>(() => catalog.EvaluateSequenceTagging(numbers)).Message);
        IDataView bare = _folder.ML.Data.LoadFromEnumerable([new Bare()]);
        Assert.Contains("without key values. ", Assert.Throws<ArgumentOutOfRangeException>(() => catalog.EvaluateSequenceTagging(bare)).Message);
    }

    [Fact]
    public void Reports_a_token_column_without_training_data_and_vice_versa()
    {
        IDataView data = _folder.Data(("Label", [["N"]]), ("PredictedLabel", [["N"]]));
        const string Expected = "Unknown tokens: expected a token column and training data, or neither, got only one. ";
        Assert.StartsWith(
            Expected,
            Assert.Throws<ArgumentException>(() => _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, tokenColumnName: "Label")).Message);
        Assert.StartsWith(
            Expected,
            Assert.Throws<ArgumentException>(() => _folder.ML.MulticlassClassification.EvaluateSequenceTagging(data, trainingData: data)).Message);
    }

    private sealed class Numbers
    {
        public int[] Label = [];
        public string[] PredictedLabel = [];
    }

    private sealed class Bare
    {
        [KeyType(3)]
        public uint[] Label = [];

        public string[] PredictedLabel = [];
    }
}
