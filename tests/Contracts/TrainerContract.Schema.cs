using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C01_promised_schema_is_the_delivered_one()
    {
        SchemaShape promised = Create(Model.Ml).GetOutputSchema(ShapeOf(Model.Prepared.Schema));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(promised));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(ShapeOf(Model.Transformer.GetOutputSchema(Model.Prepared.Schema))));
    }

    [Fact]
    public void C01_input_columns_keep_their_place_and_the_outputs_follow()
    {
        IEnumerable<string> expected = Model.Prepared.Schema.Select(column => column.Name).Concat(Outputs);
        Assert.Equal(expected, Model.Scored.Schema.Select(column => column.Name));
    }

    [Fact]
    public void C02_wrong_schema_is_refused_with_role_column_expected_and_got()
    {
        foreach ((IDataView data, string[] named, bool isRead) in WrongSchemas(Model.Ml))
        {
            AssertRefused(() => Create(Model.Ml).GetOutputSchema(ShapeOf(data.Schema)), named);
            AssertRefused(() => Create(Model.Ml).Fit(data), named);
            if (!isRead) continue;
            AssertRefused(() => Model.Transformer.GetOutputSchema(data.Schema), named);
            AssertRefused(() => Model.Transformer.Transform(data), named);
        }
    }

    [Fact]
    public void C03_scoring_needs_no_label_and_passes_input_columns_through()
    {
        IDataView unlabelled = Model.Ml.Transforms.DropColumns("Label").Fit(Model.Prepared).Transform(Model.Prepared);
        IDataView scored = Model.Transformer.Transform(unlabelled);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(scored, Outputs));
        string[] passed = [.. unlabelled.Schema.Select(column => column.Name)];
        Assert.Contains("Numbers", passed);
        Assert.Equal(Rows.Of(unlabelled, passed), Rows.Of(scored, passed));
    }

    internal static void AssertRefused(Action action, string[] named)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.All(named, part => Assert.Contains(part, e.Message));
        Assert.Contains("expected", e.Message);
        Assert.Contains("got", e.Message);
    }

    /// <summary>ML.NET makes a shape from a schema with an internal method; its own Fit uses it.</summary>
    internal static SchemaShape ShapeOf(DataViewSchema schema) => (SchemaShape)typeof(SchemaShape)
        .GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [schema], null)!;

    internal static string[] Describe(IEnumerable<SchemaShape.Column> shape) => [.. shape
        .Select(c => $"{c.Name}: {c.Kind} {c.ItemType} {(c.IsKey ? "key" : "")} {{{string.Join("; ", Describe(c.Annotations))}}}").Order()];
}
