using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Ensembles of taggers.</summary>
public class EnsembleOfTaggersTests : TaggedSentences
{
    [Fact]
    public void Two_folds_are_trained_and_predict_the_tags()
    {
        IDataView rows = Data(Sentences);
        RnnSequenceTaggingOptions options = Tiny with { Training = Tiny.Training with { MaxEpochs = 60 } };
        RnnEnsembleTransformer model = _ml.Rnn()
            .Ensemble(Trainer(options), new RnnEnsembleOptions { Members = 2, Variation = RnnEnsembleVariation.Folds }).Fit(rows);
        Assert.Equal(2, model.Members.Select(member => string.Join('|', Rows.Of(member.Transform(rows), "Score"))).Distinct().Count());
        Assert.Equal(Sentences.Length, Tags(model.Transform(rows)).Length);
    }
}
