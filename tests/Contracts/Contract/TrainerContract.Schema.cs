using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C01_The_scored_data_has_the_schema_that_GetOutputSchema_returns()
    {
        SchemaShape declared = Create(Model.Ml).GetOutputSchema(ShapeOf(Model.Prepared.Schema));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(declared));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(ShapeOf(Model.Transformer.GetOutputSchema(Model.Prepared.Schema))));
    }

    [Fact]
    public void C01_Input_columns_keep_their_order_and_the_output_columns_follow()
    {
        IEnumerable<string> expected = Model.Prepared.Schema.Select(column => column.Name).Concat(Outputs);
        Assert.Equal(expected, Model.Scored.Schema.Select(column => column.Name));
    }

    [Fact]
    public void C02_A_wrong_schema_is_refused_with_role_column_expected_and_actual_type()
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
    public void C03_Scoring_needs_no_label_and_passes_input_columns_through()
    {
        IDataView unlabeled = Model.Ml.DropColumn(Model.Prepared, "Label");
        IDataView scored = Model.Transformer.Transform(unlabeled);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(scored, Outputs));
        string[] passed = [.. unlabeled.Schema.Select(column => column.Name)];
        Assert.Contains("Numbers", passed);
        Assert.Equal(Rows.Of(unlabeled, passed), Rows.Of(scored, passed));
    }

    internal static void AssertRefused(Action action, string[] named)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.All(named, part => Assert.Contains(part, e.Message));
        Assert.Contains("expected", e.Message);
        Assert.Contains("got", e.Message);
    }

    /// <summary>Converts a schema to a shape with the internal method of ML.NET that its own Fit uses.</summary>
    internal static SchemaShape ShapeOf(DataViewSchema schema) => (SchemaShape)typeof(SchemaShape)
        .GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [schema], null)!;

    internal static string[] Describe(IEnumerable<SchemaShape.Column> shape) => [.. shape
        .Select(c => $"{c.Name}: {c.Kind} {c.ItemType} {(c.IsKey ? "key" : "")} {{{string.Join("; ", Describe(c.Annotations))}}}").Order()];
}
