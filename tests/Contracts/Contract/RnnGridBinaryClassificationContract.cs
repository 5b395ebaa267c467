using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the binary classifier of grids, with stable cells and scans from two corners.</summary>
public sealed class RnnGridBinaryClassificationContract : PooledGridContract<bool>
{
    public override Type Trainer => typeof(RnnGridBinaryClassificationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score", "Probability"];

    protected override RnnGridNetworkOptions Network => TinyNetwork with { Cell = RnnGridCell.StableLstm, Directions = 2, PatchWidth = 1, Subsampling = 2 };

    protected override bool LabelOf(int kind) => kind == 1;

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null)
    {
        RnnTrainingOptions training = RnnTextClassificationContract.TinyTraining;
        return ml.BinaryClassification.Trainers.RnnGridClassification(new RnnGridBinaryClassificationOptions
        {
            InputColumnName = "Pixels",
            Width = Width,
            Network = Network,
            Training = change is null ? training : change(training),
        });
    }

    protected override double Quality(MLContext ml, IDataView scored) => ml.BinaryClassification.Evaluate(scored).Accuracy;
}
