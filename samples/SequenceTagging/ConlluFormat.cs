using Microsoft.ML;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>The ten columns of Universal Dependencies, which the library's loader gives by their names.</summary>
internal sealed class ConlluFormat : TaggedFormat
{
    public const int Form = 1, Upos = 3;

    private static readonly string[] Columns = ["Id", "Form", "Lemma", "Upos", "Xpos", "Feats", "Head", "Deprel", "Deps", "Misc"];

    public ConlluFormat(int tokenColumn, int tagColumn)
    {
        RefuseSame(tokenColumn, tagColumn);
        (InputColumn, LabelColumn) = (NameOf(tokenColumn, "--token-column"), NameOf(tagColumn, "--tag-column"));
    }

    public override string InputColumn { get; }

    public override string LabelColumn { get; }

    public override IDataView Load(MLContext ml, string path) => ml.Data.LoadFromConllu(path);

    private static string NameOf(int column, string option) =>
        column < Columns.Length ? Columns[column] : throw new FileException($"{option}: expected a column from 0 to {Columns.Length - 1}, for CoNLL-U has ten, got {column}");
}
