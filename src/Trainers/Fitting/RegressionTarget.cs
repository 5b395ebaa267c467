using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>The target of a regression.</summary>
internal sealed class RegressionTarget(RnnTextRegressionOptions options) : PooledTarget(options)
{
    public override LabelColumn Label { get; } = PlainLabel.Number(options.LabelColumnName);

    public override SchemaShape.Column[] OutputShape(SchemaShape.Column label) => RegressionTask.OutputShape(Spec(0));

    protected override TaskSpec Spec(int classes) =>
        new(RegressionTask.TaskName, OutputRoles.Of(options, (RegressionTask.Score, options.ScoreColumnName)), 0);

    protected override HeadAndObjective CreateHead(BoundLabel label, TrainingData data)
    {
        double[] targets = [.. data.TrainingRows.Select(row => (double)data.Training.Targets[row])];
        double mean = targets.Average(), deviation = Math.Sqrt(targets.Average(target => (target - mean) * (target - mean)));
        // If all labels are equal, any unit works.
        float unit = deviation > 0 ? (float)deviation : 1;
        return new HeadAndObjective(
            (parameters, size) => new RegressionHead(parameters, size, (float)mean, unit),
            head => new RegressionObjective((RegressionHead)head));
    }
}
