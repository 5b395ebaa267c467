using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The advice in the log for data that the default options do not suit.</summary>
public class DataAdviceTests : TopicMessages
{
    private readonly List<string> _log;

    public DataAdviceTests() => _log = _ml.RecordLog();

    [Fact]
    public void Few_rows_need_small_batches()
    {
        Train(KeyedData(i => $"it was {Topics[i % 3]}", rows: 60), batchSize: 32);
        Assert.Single(_log, message => message.Contains("an epoch of 54 rows has only 2 steps; a Training.BatchSize of 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_rows_of_a_class_need_more_knowledge()
    {
        Train(KeyedData(i => $"number {i % 30}", i => $"class {i % 30}", rows: 90), batchSize: 2);
        Assert.Single(_log, message => message.Contains("30 classes have 2.7 rows each", StringComparison.Ordinal));
    }

    [Fact]
    public void Long_rows_take_time()
    {
        string filler = string.Concat(Enumerable.Repeat("and so on ", 150));
        Train(KeyedData(i => $"{filler} it was {Topics[i % 3]}", rows: 30), batchSize: 2);
        Assert.Single(_log, message => message.Contains("rows have 453 tokens on average", StringComparison.Ordinal));
    }

    [Fact]
    public void Data_that_suits_the_defaults_needs_no_advice()
    {
        Train(KeyedData(i => $"it was {Topics[i % 3]}", rows: 60), batchSize: 2);
        Assert.DoesNotContain(_log, message => message.Contains("advice", StringComparison.Ordinal));
    }

    private void Train(IDataView rows, int batchSize) =>
        Trainer(Options with { Training = Options.Training with { MaxEpochs = 1, BatchSize = batchSize, ValidationFraction = 0.1 } }).Fit(rows);
}
