using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Corpora;

/// <summary>
/// The columns of the data that are written to a CoNLL-U file. Columns with default names are optional; columns that the user names must exist.
/// </summary>
internal sealed class ConlluBinding
{
    private const string CheckName = "Check the name of the column.";
    private readonly DataViewSchema _schema;

    /// <summary>Binds the columns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public ConlluBinding(DataViewSchema schema, RnnConlluColumns names)
    {
        _schema = schema;
        Fields =
        [
            NamedVectors.Bind(schema, "Form", names.Form), Find("Lemma", names.Lemma), Find("Upos", names.Upos), Find("Xpos", names.Xpos),
            Find("Feats", names.Feats), Find("Head", names.Head), Find("Deprel", names.Deprel), Find("Deps", names.Deps), Find("Misc", names.Misc),
        ];
        (Comments, AdditionalLines) = (Find("Comments", names.Comments), Find("AdditionalLines", names.AdditionalLines));
        if (Comments is null) (SentenceId, Text) = (FindText("SentenceId", names.SentenceId), FindText("Text", names.Text));
    }

    /// <summary>The columns of the file after the first one, with a value for each word.</summary>
    public IReadOnlyList<DataViewSchema.Column?> Fields { get; }

    public DataViewSchema.Column? Comments { get; }

    public DataViewSchema.Column? AdditionalLines { get; }

    /// <summary>A column with a text per row; null if there is a column of comments, which contains the same text.</summary>
    public DataViewSchema.Column? SentenceId { get; }

    /// <inheritdoc cref="SentenceId"/>
    public DataViewSchema.Column? Text { get; }

    /// <summary>All columns that exist.</summary>
    public IEnumerable<DataViewSchema.Column> All =>
        new[] { Comments, AdditionalLines, SentenceId, Text }.Concat(Fields).OfType<DataViewSchema.Column>().DistinctBy(column => column.Index);

    private bool IsAbsent(string role, string name) => name == role && _schema.GetColumnOrNull(name) is null;

    private DataViewSchema.Column? Find(string role, string name) => IsAbsent(role, name) ? null : NamedVectors.Bind(_schema, role, name);

    private DataViewSchema.Column? FindText(string role, string name)
    {
        const string Expected = "String";
        if (IsAbsent(role, name)) return null;
        DataViewSchema.Column column = _schema.Require(role, name, Expected, CheckName);
        return column.Type is TextDataViewType ? column : throw SchemaMismatch.Mistyped(role, name, Expected, column.Type.ToString()!, CheckName, "schema");
    }
}
