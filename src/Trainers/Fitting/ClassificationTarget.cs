using System.Globalization;
using Microsoft.ML;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>One of several classes, ordered ones included.</summary>
internal sealed class ClassificationTarget(RnnTextClassificationOptions options) : PooledTarget(options)
{
    public override SchemaShape.Column CheckLabel(SchemaShape shape) => LabelKeys.Check(shape, options.LabelColumnName);

    public override SchemaShape.Column[] Promised(SchemaShape.Column label) => ClassificationTask.Promised(label, Spec(0));

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known)
    {
        (DataViewSchema.Column column, int classes) = LabelKeys.Bind(schema, options.LabelColumnName);
        var label = new BoundLabel(column, classes, KeyValues.Of(column));
        if (options.OrdinalClasses) RefuseDisorder(label);
        return label;
    }

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) =>
        LabelKeys.BindValidation(schema, options.LabelColumnName, training.Classes, training.Values);

    protected override Func<float> OpenNumber(DataViewRow source, DataViewSchema.Column column) => LabelKeys.OpenReader(source, column);

    protected override TaskSpec Spec(int classes) => new(ClassificationTask.TaskName, OutputRoles.Of(options,
        (ClassificationTask.Score, options.ScoreColumnName), (ClassificationTask.PredictedLabel, options.PredictedLabelColumnName)), classes);

    protected override PooledHead CreateHead(BoundLabel label, TrainingData data) => options.OrdinalClasses
        ? new PooledHead((parameters, size) => new OrdinalHead(parameters, size, label.Classes), _ => new OrdinalObjective())
        : new PooledHead((parameters, size) => new ClassificationHead(parameters, size, label.Classes), _ => new ClassificationObjective(options.LabelSmoothing));

    public override void CheckClassWeights(BoundLabel label) => Fitting.ClassWeights.Check(options.ClassWeights, Names(label));

    public override float[]? ClassWeights(BoundLabel label, TrainingData data) => Fitting.ClassWeights.Of(options.ClassWeighting, options.ClassWeights, Names(label), data);

    private static IReadOnlyList<string> Names(BoundLabel label) => label.Values?.Names ?? [.. Enumerable.Range(1, label.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];

    /// <summary>MapValueToKey takes values as they come unless it is told otherwise: numbers out of their order would give a silently wrong model.</summary>
    private static void RefuseDisorder(BoundLabel label)
    {
        var numbers = new List<double>();
        foreach (string name in label.Values?.Names ?? [])
        {
            if (!double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return;
            numbers.Add(number);
        }
        string remedy = label.Values?.ItemType is Microsoft.ML.Data.TextDataViewType
            ? "Convert the label to a number before MapValueToKey, with keyOrdinality: ByValue: as text, 10 comes before 2."
            : "Pass keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue to MapValueToKey.";
        bool isOrdered = numbers.SequenceEqual(numbers.Order()) || numbers.SequenceEqual(numbers.OrderDescending());
        if (!isOrdered)
            throw SchemaMismatch.Mistyped("label", label.Column.Name, "key values in their order (OrdinalClasses)", string.Join(", ", label.Values!.Names.Take(10)), remedy, "schema");
    }
}
