using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of the tagger with tags as text, a convolution over characters, an additional input column, and tags that depend on the previous two.
/// </summary>
public sealed class AdditionalColumnsContract : TaggingContract
{
    protected override string GoldenName => "AdditionalColumns";

    protected override string[] Inputs => ["Tokens", "Shape"];

    protected override RnnSequenceTaggingOptions Options { get; } = RnnSequenceTaggingContract.Tiny with
    {
        AdditionalColumns = [new RnnAdditionalColumnOptions { ColumnName = "Shape", EmbeddingSize = 3 }],
        Network = TinyNetwork with { Characters = RnnCharacterEncoder.Convolution, Dependency = RnnTagDependency.PreviousTags, PreviousTags = 2 },
    };

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        .. base.WrongSchemas(ml),
        (ml.DropColumn(Model.Prepared, "Shape"), ["additional input column 'Shape'", "Vector<String> or Vector<Key>"], false),
        (ml.CopyColumn(Model.Prepared, "Shape", "Id"), ["additional input column 'Shape'", "Vector<String> or Vector<Key>", "Single"], false),
    ];
}
