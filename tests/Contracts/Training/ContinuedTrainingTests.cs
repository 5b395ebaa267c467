using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>ContinueFrom: training continues from an existing model.</summary>
public class ContinuedTrainingTests : TopicMessages
{
    [Fact]
    public void Training_continues_from_a_loaded_model_and_adds_new_words()
    {
        ITransformer keys = Keys();
        RnnTransformer first = Trainer(Options).Fit(keys.Transform(Data(i => $"{Topics[i % 3]} again")));
        var loaded = (RnnTransformer)_ml.SaveAndLoad(first);

        // The new data has new words. After a few epochs, the model classifies them and still classifies the earlier words.
        IDataView fresh = keys.Transform(Data(i => $"{(i % 2 == 0 ? $"neu{i % 3}" : Topics[i % 3])} again"));
        RnnTransformer second = Trainer(Options with { Training = Options.Training with { MaxEpochs = 6 } }).ContinueFrom(loaded).Fit(fresh);
        Assert.Equal(first.VocabularySize + 3, second.VocabularySize);
        Assert.Equal(first.Model.Words.Main.Words, second.Model.Words.Main.Words.Take(first.VocabularySize));
        Assert.Equal(1, Rows.Accuracy(second.Transform(fresh)));
        Assert.Equal(1, Rows.Accuracy(second.Transform(keys.Transform(Data(i => Topics[i % 3])))));
    }

    [Fact]
    public void Training_with_a_learning_rate_near_zero_changes_nothing()
    {
        IDataView data = KeyedData(i => $"{Topics[i % 3]} again");
        RnnTransformer first = Trainer(Options).Fit(data);
        RnnTextClassificationOptions still = Options with { Training = Options.Training with { MaxEpochs = 1, LearningRate = 1e-9f } };
        RnnTransformer same = Trainer(still).ContinueFrom(first).Fit(data);
        Rows.AssertClose(Rows.Scores(first.Transform(data), "Score"), Rows.Scores(same.Transform(data), "Score"), 1e-4);
    }

    /// <summary>A model of an earlier version has no wide path, and training that continues from it adds none.</summary>
    [Theory]
    [InlineData("RnnTextClassificationTrainer.format1.zip")]
    [InlineData("RnnTextClassificationTrainer.format2.zip")]
    public void A_model_of_an_earlier_version_keeps_its_network(string golden)
    {
        var old = (RnnTransformer)_ml.Model.Load(Path.Combine(Repository.Golden, golden), out _);
        IDataView rows = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Labels()).Transform(Labels());
        RnnTextClassificationOptions still = Options with { Training = Options.Training with { MaxEpochs = 1, LearningRate = 1e-9f } };
        RnnTransformer continued = Trainer(still).ContinueFrom(old).Fit(rows);
        Assert.DoesNotContain(Onnx.OnnxWeights.Read(continued.Model.Network.Graph).Keys, name => name.StartsWith("wide", StringComparison.Ordinal));
        Rows.AssertClose(Rows.Scores(old.Transform(rows), "Score"), Rows.Scores(continued.Transform(rows), "Score"), 1e-4);

        IDataView Labels() => _ml.LoadRows(12, i => new LabeledText { Label = ((string[])["delivery", "billing", "account"])[i % 3], Text = "parcel late" });
    }

    /// <summary>Some options have defaults that depend on others: a bag has another pooling.</summary>
    [Fact]
    public void The_options_of_the_model_are_accepted()
    {
        IDataView data = KeyedData(i => $"{Topics[i % 3]} again");
        RnnTextClassificationOptions bag = Options with { Network = Options.Network with { Cell = RnnCell.None } };
        RnnTransformer first = Trainer(bag).Fit(data);
        Assert.Equal(first.VocabularySize, Trainer(bag).ContinueFrom(first).Fit(data).VocabularySize);
    }

    [Fact]
    public void A_regression_continues_in_the_units_of_the_model()
    {
        IDataView Numbers(float offset) => _ml.LoadRows(30, i => new NumberRow { Label = offset + i % 3, Text = Topics[i % 3] });
        RnnTextRegressionOptions options = RnnTextRegressionContract.Tiny with
        {
            Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 60, LearningRate = 0.02f },
        };
        RnnTransformer first = _ml.Regression.Trainers.RnnTextRegression(options).Fit(Numbers(100));
        RnnTransformer second = _ml.Regression.Trainers.RnnTextRegression(options).ContinueFrom(first).Fit(Numbers(102));
        Assert.Equal(102, Rows.Scores(second.Transform(Numbers(0)), "Score")[0][0], 0.5);
    }

    [Fact]
    public void A_model_that_does_not_match_is_refused()
    {
        RnnTransformer model = Trainer(Options with { Training = Options.Training with { MaxEpochs = 1 } }).Fit(KeyedData(i => Topics[i % 3]));
        AssertThrows.With<ArgumentException>(() => _ml.Regression.Trainers.RnnTextRegression().ContinueFrom(model),
            "ContinueFrom, task: expected a model of the task Regression, got one of Classification. Use the trainer of that task.");
        IDataView otherClasses = KeyedData(_ => "x", i => $"other{i % 3}");
        AssertThrows.With<ArgumentException>(() => Trainer(Options).ContinueFrom(model).Fit(otherClasses),
            "ContinueFrom, classes: the training data has classes that the model was not trained on: other0, other1, other2. "
            + "The model's classes are late, double, locked");
        IDataView texts = Data(_ => "x"), tokens = Keys().Transform(_ml.Transforms.Text.TokenizeIntoWords("Text").Fit(texts).Transform(texts));
        AssertThrows.With<ArgumentException>(() => Trainer(Options).ContinueFrom(model).Fit(tokens),
            "ContinueFrom, kind of input column: expected that of the model, Text, got Tokens");
        RnnTextClassificationOptions wider = Options with { Network = Options.Network with { HiddenSize = 100 } };
        AssertThrows.With<ArgumentException>(() => Trainer(wider).ContinueFrom(model),
            "ContinueFrom, options Network: expected those of the model or the defaults");
        Assert.Throws<ArgumentNullException>(() => Trainer(Options).ContinueFrom(null!));
    }
}
