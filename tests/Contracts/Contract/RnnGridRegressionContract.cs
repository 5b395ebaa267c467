using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the regression on grids, with a ReNet of GRUs.</summary>
public sealed class RnnGridRegressionContract : PooledGridContract<float>
{
    public override Type Trainer => typeof(RnnGridRegressionTrainer);

    protected override string[] Outputs => ["Score"];

    protected override RnnGridNetworkOptions Network => TinyNetwork with { Layer = RnnGridLayer.ReNet, Cell = RnnGridCell.Gru, Pooling = RnnPooling.Mean };

    protected override float LabelOf(int kind) => 100 + 10 * kind;

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null)
    {
        RnnTrainingOptions training = RnnTextClassificationContract.TinyTraining;
        return ml.Regression.Trainers.RnnGridRegression(new RnnGridRegressionOptions
        {
            InputColumnName = "Pixels",
            Width = Width,
            Network = Network,
            Training = change is null ? training : change(training),
        });
    }

    protected override double Quality(MLContext ml, IDataView scored) => ml.Regression.Evaluate(scored).RSquared;

    // A regression never predicts a number exactly.
    protected override double Tolerance => 0.02;
}
