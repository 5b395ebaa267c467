using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Ensembles of classifiers of grids.</summary>
public class EnsembleOfGridsTests : GridInputCase
{
    [Fact]
    public void Two_networks_are_trained_and_averaged()
    {
        IDataView rows = _ml.MapToKeys(Grids(Numbers(12, 12), 3, 4));
        RnnEnsembleTransformer model = _ml.Rnn()
            .Ensemble(_ml.MulticlassClassification.Trainers.RnnGridClassification(Options), new RnnEnsembleOptions { Members = 2 }).Fit(rows);
        float[][][] members = [.. model.Members.Select(member => Rows.Scores(member.Transform(rows), "Score"))];
        Assert.NotEqual(members[0], members[1]);
        Rows.AssertClose([.. members[0].Zip(members[1], (a, b) => a.Zip(b, (x, y) => (x + y) / 2).ToArray())], Rows.Scores(model.Transform(rows), "Score"));
    }
}
