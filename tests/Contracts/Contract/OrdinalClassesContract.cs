using Microsoft.ML;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of the classifier for ordinal classes, with attention and tokens as additional output columns, an exponential moving average, a
/// learning rate schedule, and weights of examples and classes.
/// </summary>
public class OrdinalClassesContract : RnnTextClassificationContract
{
    protected override string GoldenName => "OrdinalClasses";

    protected override string[] Outputs => ["PredictedLabel", "Score", "Attention", "Tokens"];

    protected override RnnTextClassificationOptions Options => Tiny with
    {
        OrdinalClasses = true,
        AttentionColumnName = "Attention",
        TokensColumnName = "Tokens",
        ExampleWeightColumnName = "Weight",
        ClassWeighting = RnnClassWeighting.Balanced,
        Network = TinyNetwork with { Pooling = RnnPooling.Attention, Cell = RnnCell.GruResetAfter, LockedDropout = true },
        Training = TinyTraining with { ExponentialMovingAverage = 0.9f, WeightDecay = 0.01f, Schedule = RnnLearningRateSchedule.Linear, WarmupSteps = 5 },
    };

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongLabels(MLContext ml) =>
    [
        .. base.WrongLabels(ml),
        (Drop(ml, "Weight"), ["example weight column 'Weight'", "Single"], false),
        (Copy(ml, "Weight", "Text"), ["example weight column 'Weight'", "Single", "String", "ConvertType"], false),
    ];

    private protected override PooledHead CreateHead(ParameterSet parameters, int size) => new OrdinalHead(parameters, size, 3);
}
