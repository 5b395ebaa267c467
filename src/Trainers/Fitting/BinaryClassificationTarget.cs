using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>The target of a binary classification.</summary>
internal sealed class BinaryClassificationTarget(RnnBinaryTextClassificationOptions options) : PooledTarget(options)
{
    private static readonly string[] Names = [bool.FalseString, bool.TrueString];

    public override LabelColumn Label { get; } = PlainLabel.Boolean(options.LabelColumnName);

    public override SchemaShape.Column[] OutputShape(SchemaShape.Column label) => BinaryClassificationTask.OutputShape(Spec(Names.Length));

    protected override TaskSpec Spec(int classes)
    {
        Dictionary<string, string> columns = OutputRoles.Of(options,
            (BinaryClassificationTask.PredictedLabel, options.PredictedLabelColumnName),
            (BinaryClassificationTask.Score, options.ScoreColumnName),
            (BinaryClassificationTask.Probability, options.ProbabilityColumnName));
        return new TaskSpec(BinaryClassificationTask.TaskName, columns, classes);
    }

    protected override HeadAndObjective CreateHead(BoundLabel label, TrainingData data) =>
        new((parameters, size) => new BinaryClassificationHead(parameters, size), _ => new BinaryClassificationObjective(options.LabelSmoothing));

    public override void CheckClassWeights(BoundLabel label) => Fitting.ClassWeights.Check(options.ClassWeights, Names);

    public override float[]? ClassWeights(BoundLabel label, TrainingData data) =>
        Fitting.ClassWeights.Of(options.ClassWeighting, options.ClassWeights, Names, data);
}
