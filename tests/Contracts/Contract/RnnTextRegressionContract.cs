using Microsoft.ML;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the regression of texts.</summary>
public sealed class RnnTextRegressionContract : SequenceContract<float>
{
    public override Type Trainer => typeof(RnnTextRegressionTrainer);

    protected override string[] Outputs => ["Score"];

    internal static RnnTextRegressionOptions Tiny { get; } = new() { Network = TinyNetwork, Training = TinyTraining };

    protected override float LabelOf(int topic) => 100 + 10 * topic;

    protected override IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null) =>
        ml.Regression.Trainers.RnnTextRegression(change is null ? Tiny : Tiny with { Training = change(Tiny.Training) });

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml) =>
    [
        (Drop(ml, "Label"), ["label column 'Label'", "Single"], false),
        (Copy(ml, "Label", "Text"), ["label column 'Label'", "Single", "String", "ConvertType"], false),
        (Copy(ml, "Label", "Numbers"), ["label column 'Label'", "Single", "Vector<Single"], false),
    ];

    protected override double Quality(MLContext ml, IDataView scored) => ml.Regression.Evaluate(scored).RSquared;

    // A regression never predicts a number exactly.
    protected override double Tolerance => 0.02;

    private protected override PooledHead CreateHead(ParameterSet parameters, int size) => new RegressionHead(parameters, size, 110, 8);
}
