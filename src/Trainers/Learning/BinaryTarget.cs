using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Learning;

/// <summary>True or false.</summary>
internal sealed class BinaryTarget(RnnBinaryTextClassificationOptions options) : PooledTarget(options)
{
    private static readonly string[] Names = [bool.FalseString, bool.TrueString];

    public override SchemaShape.Column CheckLabel(SchemaShape shape) => PlainLabels.Boolean.Check(shape, options.LabelColumnName);

    public override SchemaShape.Column[] Promised(SchemaShape.Column label) => BinaryTask.Promised(Spec(Names.Length));

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known) => new(PlainLabels.Boolean.Bind(schema, options.LabelColumnName), Names.Length, null);

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) => PlainLabels.Boolean.Bind(schema, options.LabelColumnName, isValidation: true);

    protected override Func<float> OpenNumber(DataViewRow source, DataViewSchema.Column column) => PlainLabels.OpenReader(source, column);

    protected override TaskSpec Spec(int classes) => new(BinaryTask.TaskName, OutputRoles.Of(options,
        (BinaryTask.PredictedLabel, options.PredictedLabelColumnName), (BinaryTask.Score, options.ScoreColumnName), (BinaryTask.Probability, options.ProbabilityColumnName)), classes);

    protected override PooledHead CreateHead(BoundLabel label, TrainingData data) =>
        new((parameters, size) => new LogisticHead(parameters, size), _ => new BinaryObjective(options.LabelSmoothing));

    public override void CheckClassWeights(BoundLabel label) => Learning.ClassWeights.Check(options.ClassWeights, Names);

    public override float[]? ClassWeights(BoundLabel label, TrainingData data) => Learning.ClassWeights.Of(options.ClassWeighting, options.ClassWeights, Names, data);
}
