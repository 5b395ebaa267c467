using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the classifier of grids.</summary>
public sealed class RnnGridClassificationContract : PooledGridContract<string>
{
    public override Type Trainer => typeof(RnnGridClassificationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score", "Attention"];

    protected override RnnGridNetworkOptions Network => TinyNetwork with { Pooling = RnnPooling.Attention };

    protected override string LabelOf(int kind) => "abc"[kind].ToString();

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null)
    {
        RnnTrainingOptions training = RnnTextClassificationContract.TinyTraining;
        return ml.MulticlassClassification.Trainers.RnnGridClassification(new RnnGridClassificationOptions
        {
            InputColumnName = "Pixels",
            Width = Width,
            AttentionColumnName = "Attention",
            Network = Network,
            Training = change is null ? training : change(training),
        });
    }

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
}
