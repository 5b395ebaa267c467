using Microsoft.ML;

namespace MlNetRnn.Samples.Tags;

/// <summary>The ten columns of Universal Dependencies, which the library loads under their names. Comments are part of the format.</summary>
public sealed class ConlluFormat : TaggedFormat
{
    public const int Form = 1, Upos = 3;

    /// <summary>The columns in the order of the file.</summary>
    public static readonly string[] Columns = ["Id", "Form", "Lemma", "Upos", "Xpos", "Feats", "Head", "Deprel", "Deps", "Misc"];

    public ConlluFormat(FormatOptions options)
    {
        (int tokenColumn, int tagColumn) = (Index(options.TokenColumn ?? Form, "--token-column"), Index(options.TagColumn ?? Upos, "--tag-column"));
        RefuseSame(tokenColumn, tagColumn);
        (InputColumn, LabelColumn) = (Columns[tokenColumn], Columns[tagColumn]);
    }

    public override string InputColumn { get; }

    public override string LabelColumn { get; }

    public override IDataView Load(MLContext ml, IReadOnlyList<string> paths) => ml.Data.LoadFromConllu(paths);

    /// <summary>Returns the column with a number from 0, or from −1 backward.</summary>
    /// <exception cref="FileException">There is no such column.</exception>
    public static int Index(int column, string option) => column < Columns.Length && column >= -Columns.Length
        ? column < 0 ? Columns.Length + column : column
        : throw new FileException($"{option}: expected a column from 0 to {Columns.Length - 1}, because CoNLL-U has ten, got {column}.");
}
