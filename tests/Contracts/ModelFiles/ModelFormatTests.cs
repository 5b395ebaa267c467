using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Models of older and newer formats.</summary>
public class ModelFormatTests : TopicMessages
{
    [Fact]
    public void A_newer_format_is_refused_with_both_versions()
    {
        RnnTextClassificationOptions options = Options with { Training = Options.Training with { MaxEpochs = 1 } };
        Model.RnnModel model = Trainer(options).Fit(KeyedData(i => Topics[i % 3])).Model;
        var newer = new RnnTransformer(new Model.RnnModel(model.Spec with { Format = 99 }, model.Network.Graph, model.Words, model.Labels));
        byte[] bytes = _ml.SaveToBytes(newer);
        Exception e = Assert.ThrowsAny<Exception>(() => _ml.LoadFromBytes(bytes)).GetBaseException();
        Assert.Contains("Model format: expected 1 to 3, got 99. Update MlNetRnn.Transforms", e.Message);
    }

    /// <summary>The vocabulary of such a model was built with older rules for words.</summary>
    [Fact]
    public void A_model_of_format_1_keeps_its_word_rules_when_training_continues()
    {
        ITransformer loaded = _ml.Model.Load(Path.Combine(Repository.Golden, "RnnTextRegressionTrainer.format1.zip"), out _);
        RnnTransformer first = loaded as RnnTransformer ?? ((IEnumerable<ITransformer>)loaded).OfType<RnnTransformer>().Single();
        IDataView rows = _ml.LoadRows(12, i => new NumberRow { Label = i % 3, Text = "par\u00ADcel" });
        var options = new RnnTextRegressionOptions { Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 1 } };
        RnnTransformer next = _ml.Regression.Trainers.RnnTextRegression(options).ContinueFrom(first).Fit(rows);
        Assert.Equal(1, next.Model.Spec.Reading.WordRules);
        Assert.Contains("par\u00ADcel", next.Model.Words.Main.Words);
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        public string Text { get; set; } = "";
    }
}
