using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Labels;

/// <summary>The label column of a task: how it is validated, bound to data, and read.</summary>
/// <param name="name">The name of the column.</param>
internal abstract class LabelColumn(string name)
{
    protected const string Role = "label";
    protected const string ValidationRole = "validation label";

    protected string Name => name;

    /// <summary>Whether the column holds one value per step instead of one per row.</summary>
    public virtual bool IsPerStep => false;

    /// <summary>Validates the label in the schema that an estimator will receive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has the wrong type.</exception>
    public abstract SchemaShape.Column Check(SchemaShape shape);

    /// <summary>Finds the label in the training data.</summary>
    /// <param name="schema">The schema of the training data.</param>
    /// <param name="known">The classes of the model that training continues from; null for a new model.</param>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or has the wrong type.</exception>
    public abstract BoundLabel Bind(DataViewSchema schema, KeyValues? known);

    /// <summary>Finds the label in the validation set.</summary>
    /// <param name="schema">The schema of the validation set.</param>
    /// <param name="training">The label in the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The column is missing, has the wrong type, or its values have another meaning than in the training data.
    /// </exception>
    public abstract DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training);

    /// <summary>Opens a reader on the current row of a cursor.</summary>
    /// <param name="row">The row of the cursor.</param>
    /// <param name="column">The label in the data of the cursor.</param>
    /// <param name="label">The label in the training data.</param>
    public abstract LabelReader Open(DataViewRow row, DataViewSchema.Column column, BoundLabel label);

    /// <summary>Returns the label after the training data was read. Classes of text labels are known only then.</summary>
    /// <exception cref="InvalidOperationException">The training data has fewer than two classes.</exception>
    public virtual BoundLabel Complete(BoundLabel label) => label;
}
