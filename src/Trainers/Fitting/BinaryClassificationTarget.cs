using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>True or false.</summary>
internal sealed class BinaryClassificationTarget(RnnBinaryTextClassificationOptions options) : PooledTarget(options)
{
    private static readonly string[] Names = [bool.FalseString, bool.TrueString];

    public override SchemaShape.Column CheckLabel(SchemaShape shape) => PlainLabels.Boolean.Check(shape, options.LabelColumnName);

    public override SchemaShape.Column[] Promised(SchemaShape.Column label) => BinaryClassificationTask.Promised(Spec(Names.Length));

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known) => new(PlainLabels.Boolean.Bind(schema, options.LabelColumnName), Names.Length, null);

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) => PlainLabels.Boolean.Bind(schema, options.LabelColumnName, isValidation: true);

    protected override Func<float> OpenNumber(DataViewRow source, DataViewSchema.Column column) => PlainLabels.OpenReader(source, column);

    protected override TaskSpec Spec(int classes) => new(BinaryClassificationTask.TaskName, OutputRoles.Of(options,
        (BinaryClassificationTask.PredictedLabel, options.PredictedLabelColumnName), (BinaryClassificationTask.Score, options.ScoreColumnName), (BinaryClassificationTask.Probability, options.ProbabilityColumnName)), classes);

    protected override PooledHead CreateHead(BoundLabel label, TrainingData data) =>
        new((parameters, size) => new BinaryClassificationHead(parameters, size), _ => new BinaryClassificationObjective(options.LabelSmoothing));

    public override void CheckClassWeights(BoundLabel label) => Fitting.ClassWeights.Check(options.ClassWeights, Names);

    public override float[]? ClassWeights(BoundLabel label, TrainingData data) => Fitting.ClassWeights.Of(options.ClassWeighting, options.ClassWeights, Names, data);
}
