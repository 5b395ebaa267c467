using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>A number.</summary>
internal sealed class RegressionTarget(RnnTextRegressionOptions options) : PooledTarget(options)
{
    public override SchemaShape.Column CheckLabel(SchemaShape shape) => PlainLabels.Number.Check(shape, options.LabelColumnName);

    public override SchemaShape.Column[] Promised(SchemaShape.Column label) => RegressionTask.Promised(Spec(0));

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known) => new(PlainLabels.Number.Bind(schema, options.LabelColumnName), 0, null);

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) => PlainLabels.Number.Bind(schema, options.LabelColumnName, isValidation: true);

    protected override Func<float> OpenNumber(DataViewRow source, DataViewSchema.Column column) => PlainLabels.OpenReader(source, column);

    protected override TaskSpec Spec(int classes) => new(RegressionTask.TaskName, OutputRoles.Of(options, (RegressionTask.Score, options.ScoreColumnName)), 0);

    protected override PooledHead CreateHead(BoundLabel label, TrainingData data)
    {
        double[] targets = [.. data.TrainingRows.Select(row => (double)data.Training.Targets[row])];
        double mean = targets.Average(), deviation = Math.Sqrt(targets.Average(target => (target - mean) * (target - mean)));
        // Where all numbers are the same, any unit will do.
        float unit = deviation > 0 ? (float)deviation : 1;
        return new PooledHead((parameters, size) => new RegressionHead(parameters, size, (float)mean, unit), head => new RegressionObjective((RegressionHead)head));
    }
}
