using Microsoft.ML;

namespace MlNetRnn.Trainers.Tests.Options;

public class OptionsValidationTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Reports_all_errors_together_with_path_limits_and_value()
    {
        var options = new RnnTextClassificationOptions
        {
            LabelColumnName = "",
            ScoreColumnName = "Same",
            PredictedLabelColumnName = "Same",
            Text = new RnnTextOptions { MinimumCount = 0, Tokenization = (RnnTokenization)9 },
            Network = new RnnNetworkOptions { HiddenSize = 0, Dropout = 1.5f, Cell = (RnnCell)42 },
            Training = new RnnTrainingOptions { BatchSize = -1, LearningRate = float.NaN, Patience = 0, MaximumTime = TimeSpan.Zero },
        };
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options));
        string expected = """
            RnnTextClassificationOptions: 11 invalid option(s):
              LabelColumnName: expected a value, got ''
              Text.Tokenization: expected one of Word, Whitespace, Character, got 9
              Text.MinimumCount: expected 1 or more, got 0
              Training.BatchSize: expected 1 to 100000, got -1
              Training.LearningRate: expected 1E-09 or more, got NaN
              Training.Patience: expected 1 or more, got 0
              Training.MaximumTime: expected more than 0, got 00:00:00
              Network.Cell: expected one of Lstm, Gru, Elman, GruResetAfter, MinGru, None, got 42
              Network.HiddenSize: expected 1 to 4096, got 0
              Network.Dropout: expected 0 to 0.95, got 1.5
              ScoreColumnName: expected a name other than that of PredictedLabelColumnName, got 'Same' for both
            """.ReplaceLineEndings();
        Assert.Equal(expected, e.Message[..Math.Min(expected.Length, e.Message.Length)]);
        Assert.Equal("options", e.ParamName);
    }

    [Fact]
    public void An_output_column_must_not_have_the_name_of_an_input_column()
    {
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification("Label", "Text"));
        Assert.Contains("ScoreColumnName: expected a name other than that of InputColumnName, got 'Text' for both", e.Message);
        Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification("Label", "Score", "Label"));
    }

    [Fact]
    public void Reports_missing_nested_options()
    {
        var options = new RnnTextClassificationOptions { Network = null! };
        var e = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options));
        Assert.Contains("Network: expected a value, got null", e.Message);
        Assert.Throws<ArgumentNullException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(null!));
    }

    [Fact]
    public void Named_arguments_and_options_have_the_same_defaults()
    {
        var options = new RnnTextClassificationOptions();
        var expected = new Dictionary<string, object?>
        {
            ["labelColumnName"] = options.LabelColumnName,
            ["scoreColumnName"] = options.ScoreColumnName,
            ["outputColumnName"] = options.PredictedLabelColumnName,
            ["probabilityColumnName"] = new RnnBinaryTextClassificationOptions().ProbabilityColumnName,
            ["inputColumnName"] = options.InputColumnName,
            ["batchSize"] = options.Training.BatchSize,
            ["maxEpochs"] = options.Training.MaxEpochs,
            ["cell"] = (int)options.Network.Cell,
            ["validationSet"] = options.Training.ValidationSet,
        };
        var tagging = new RnnSequenceTaggingOptions();
        foreach (var method in typeof(RnnCatalog).GetMethods().Where(m => m.Name.StartsWith("Rnn", StringComparison.Ordinal) && m.GetParameters().Length > 2))
        {
            expected["inputColumnName"] = method.Name == "RnnSequenceTagging" ? tagging.InputColumnName : options.InputColumnName;
            expected["dependency"] = (int)tagging.Network.Dependency;
            Assert.All(method.GetParameters().Skip(1), p =>
                Assert.Equal(expected[p.Name!], p.DefaultValue is Enum value ? Convert.ToInt32(value) : p.DefaultValue));
        }
    }

    [Theory]
    [InlineData("Pooling: expected Max, Mean or Attention when Cell is None, got Last")]
    [InlineData("Activation: expected Tanh when Cell is None, got Relu")]
    [InlineData("FreezeVectors: expected false when PretrainedVectors is null, got true")]
    [InlineData("AttentionColumnName: expected null when Network.Pooling is Last, got 'A'")]
    [InlineData("TokensColumnName: expected null when FrameSize is set, got 'T'")]
    [InlineData("FrameSize: expected 0 when Text.PretrainedVectors or Text.WordBigrams is set, got 3")]
    [InlineData("ClassWeights: expected weights when ClassWeighting is Given, got null")]
    [InlineData("LabelSmoothing: expected 0 when OrdinalClasses is true, got 0.1")]
    [InlineData("Training.ExponentialMovingAverage: expected 0 to 0.99999, got 1")]
    [InlineData("Training.WarmupSteps: expected 0 or more, got -1")]
    public void Reports_options_that_contradict_each_other(string fault)
    {
        var options = new RnnTextClassificationOptions
        {
            AttentionColumnName = "A",
            TokensColumnName = "T",
            FrameSize = 3,
            OrdinalClasses = true,
            LabelSmoothing = 0.1f,
            ClassWeighting = RnnClassWeighting.Given,
            Text = new RnnTextOptions { FreezeVectors = true, WordBigrams = true },
            Network = new RnnNetworkOptions { Cell = RnnCell.None, Pooling = RnnPooling.Last, Activation = RnnActivation.Relu },
            Training = new RnnTrainingOptions { ExponentialMovingAverage = 1, WarmupSteps = -1 },
        };
        Assert.Contains(fault, Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options)).Message);
    }

    [Fact]
    public void Reports_errors_in_the_options_of_a_tagger_and_of_its_additional_columns()
    {
        var options = new RnnSequenceTaggingOptions
        {
            AdditionalColumns =
            [
                new RnnAdditionalColumnOptions { ColumnName = "Pos", EmbeddingSize = 0 },
                new RnnAdditionalColumnOptions { ColumnName = "Tokens" },
            ],
            SpansColumnName = "Names",
            TopTagsColumnName = "Names.Type",
            TopScoresColumnName = "Pos",
            Text = new RnnTextOptions { WordBigrams = true },
            Network = new RnnTaggingNetworkOptions { CharacterSize = 7, PreviousTags = 3, Activation = RnnActivation.Relu },
        };
        string message = Assert.Throws<ArgumentException>(() => _ml.MulticlassClassification.Trainers.RnnSequenceTagging(options)).Message;
        Assert.Contains("AdditionalColumns[0].EmbeddingSize: expected 1 to 1024, got 0", message);
        Assert.Contains("AdditionalColumns: expected each column once, and neither the input nor the label, got 'Tokens' twice", message);
        Assert.Contains("TopTagsColumnName: expected a name other than that of SpansColumnName, got 'Names.Type' for both", message);
        Assert.Contains("TopScoresColumnName: expected a name other than that of AdditionalColumns, got 'Pos' for both", message);
        Assert.Contains("Text.WordBigrams: expected false for a tagger, got true", message);
        Assert.Contains("Network.CharacterSize: expected an even number when Characters is Lstm, got 7", message);
        Assert.Contains("Network.PreviousTags: expected 0 to 2, got 3", message);
        Assert.Contains("Network.Activation: expected Tanh when Cell is Lstm, got Relu", message);
    }

    [Fact]
    public void Validates_class_weights()
    {
        var options = new RnnBinaryTextClassificationOptions
        {
            ClassWeights = new Dictionary<string, float> { ["True"] = -1 },
            Text = new RnnTextOptions { WordBigrams = true },
        };
        string message = Assert.Throws<ArgumentException>(() => _ml.BinaryClassification.Trainers.RnnTextClassification(options)).Message;
        Assert.Contains("ClassWeights: expected null when ClassWeighting is None, got 1 weights", message);
        Assert.Contains("ClassWeights['True']: expected 0 or more, got -1", message);
        Assert.Contains("Text.WordBigrams: expected false when Network.Cell is Lstm, got true", message);
    }
}
