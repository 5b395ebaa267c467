using Microsoft.ML;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the classifier of texts.</summary>
public class RnnTextClassificationContract : SequenceContract<string>
{
    private static readonly string[] Labels = ["delivery", "billing", "account"];

    public override Type Trainer => typeof(RnnTextClassificationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    internal static RnnTextClassificationOptions Tiny { get; } = new() { Network = TinyNetwork, Training = TinyTraining };

    protected virtual RnnTextClassificationOptions Options => Tiny;

    protected override string LabelOf(int topic) => Labels[topic];

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.MulticlassClassification.Trainers.RnnTextClassification(change is null ? Options : Options with { Training = change(Options.Training) });

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml) =>
    [
        (Drop(ml, "Label"), ["label column 'Label'", "Key"], false),
        (Copy(ml, "Label", "Text"), ["label column 'Label'", "Key", "String", "MapValueToKey"], false),
        (Copy(ml, "Label", "Id"), ["label column 'Label'", "Key", "Single"], false),
    ];

    protected override double Quality(MLContext ml, IDataView scored) => ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;

    private protected override PooledHead CreateHead(ParameterSet parameters, int size) => new ClassificationHead(parameters, size, 3);
}
