using Microsoft.ML;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the binary classifier.</summary>
public sealed class RnnBinaryTextClassificationContract : SequenceContract<bool>
{
    public override Type Trainer => typeof(RnnBinaryTextClassificationTrainer);

    protected override string[] Outputs => ["PredictedLabel", "Score", "Probability"];

    internal static RnnBinaryTextClassificationOptions Tiny { get; } = new() { Network = TinyNetwork with { Cell = RnnCell.MinGru }, Training = TinyTraining };

    protected override bool LabelOf(int topic) => topic == 1;

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.BinaryClassification.Trainers.RnnTextClassification(change is null ? Tiny : Tiny with { Training = change(Tiny.Training) });

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml) =>
    [
        (Drop(ml, "Label"), ["label column 'Label'", "Boolean"], false),
        (Copy(ml, "Label", "Text"), ["label column 'Label'", "Boolean", "String", "MulticlassClassification"], false),
        (Copy(ml, "Label", "Id"), ["label column 'Label'", "Boolean", "Single"], false),
    ];

    protected override double Quality(MLContext ml, IDataView scored) => ml.BinaryClassification.Evaluate(scored).Accuracy;

    private protected override PooledHead CreateHead(ParameterSet parameters, int size) => new BinaryClassificationHead(parameters, size);
}
