using Microsoft.ML;

namespace MlNetRnn.Trainers.Tests.Options;

public class OptionsValidationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void All_faults_are_told_at_once_with_path_limits_and_value()
    {
        var options = new RnnTextClassificationOptions
        {
            LabelColumnName = "",
            ScoreColumnName = "Same",
            PredictedLabelColumnName = "Same",
            Text = new RnnTextOptions { MinimumCount = 0, Tokenization = (RnnTokenization)9 },
            Network = new RnnNetworkOptions { HiddenSize = 0, Dropout = 1.5f, Cell = (RnnCell)42 },
            Training = new RnnTrainingOptions { BatchSize = -1, LearningRate = float.NaN, Patience = 0 },
        };
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options));
        string expected = """
            RnnTextClassificationOptions: 10 option(s) out of their limits:
              LabelColumnName: expected a value, got ''
              Text.Tokenization: expected one of Word, Whitespace, Character, got 9
              Text.MinimumCount: expected 1 or more, got 0
              Network.Cell: expected one of Lstm, Gru, Elman, got 42
              Network.HiddenSize: expected 1 to 4096, got 0
              Network.Dropout: expected 0 to 0.95, got 1.5
              Training.BatchSize: expected 1 to 100000, got -1
              Training.LearningRate: expected 1E-09 or more, got NaN
              Training.Patience: expected 1 or more, got 0
              ScoreColumnName: expected another name than PredictedLabelColumnName, got 'Same' for both
            """.ReplaceLineEndings();
        Assert.Equal(expected, e.Message[..Math.Min(expected.Length, e.Message.Length)]);
        Assert.Equal("options", e.ParamName);
    }

    [Fact]
    public void An_output_column_must_not_hide_an_input()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification("Label", "Text"));
        Assert.Contains("ScoreColumnName: expected another name than InputColumnName, got 'Text' for both", e.Message);
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification("Label", "Score", "Label"));
    }

    [Fact]
    public void Missing_parts_are_told_too()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(new RnnTextClassificationOptions { Network = null! }));
        Assert.Contains("Network: expected a value, got null", e.Message);
        Assert.Throws<ArgumentNullException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(null!));
    }

    [Fact]
    public void Named_arguments_and_options_have_the_same_defaults()
    {
        var named = typeof(RnnCatalog).GetMethods().Single(m => m.Name == nameof(RnnCatalog.RnnTextClassification) && m.GetParameters().Length > 2).GetParameters().ToDictionary(p => p.Name!, p => p.DefaultValue);
        var options = new RnnTextClassificationOptions();
        Assert.Equal(options.LabelColumnName, named["labelColumnName"]);
        Assert.Equal(options.ScoreColumnName, named["scoreColumnName"]);
        Assert.Equal(options.PredictedLabelColumnName, named["outputColumnName"]);
        Assert.Equal(options.InputColumnName, named["inputColumnName"]);
        Assert.Equal(options.Training.BatchSize, named["batchSize"]);
        Assert.Equal(options.Training.MaxEpochs, named["maxEpochs"]);
        Assert.Equal(options.Network.Cell, (RnnCell)named["cell"]!);
        Assert.Equal(options.Training.ValidationSet, named["validationSet"]);
    }
}
