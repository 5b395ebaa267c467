using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>The target of a multiclass classification, nominal or ordinal.</summary>
internal sealed class ClassificationTarget(RnnTextClassificationOptions options) : PooledTarget(options)
{
    public override LabelColumn Label { get; } = options.OrdinalClasses ? new OrdinalLabel(options.LabelColumnName) : new KeyLabel(options.LabelColumnName);

    public override SchemaShape.Column[] OutputShape(SchemaShape.Column label) => ClassificationTask.OutputShape(label, Spec(0));

    protected override TaskSpec Spec(int classes) => new(ClassificationTask.TaskName, OutputRoles.Of(options,
        (ClassificationTask.Score, options.ScoreColumnName), (ClassificationTask.PredictedLabel, options.PredictedLabelColumnName)), classes);

    protected override HeadAndObjective CreateHead(BoundLabel label, TrainingData data) => options.OrdinalClasses
        ? new HeadAndObjective((parameters, size) => new OrdinalHead(parameters, size, label.Classes), _ => new OrdinalObjective())
        : new HeadAndObjective(
            (parameters, size) => new ClassificationHead(parameters, size, label.Classes),
            _ => new ClassificationObjective(options.LabelSmoothing));

    public override void CheckClassWeights(BoundLabel label) => Fitting.ClassWeights.Check(options.ClassWeights, Names(label));

    public override float[]? ClassWeights(BoundLabel label, TrainingData data) =>
        Fitting.ClassWeights.Of(options.ClassWeighting, options.ClassWeights, Names(label), data);

    private static IReadOnlyList<string> Names(BoundLabel label) =>
        label.Values?.Names ?? [.. Enumerable.Range(1, label.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];
}
