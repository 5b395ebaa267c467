using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Tags as keys, and a conditional random field over them.</summary>
public sealed class RnnSequenceTaggingContract : TaggingContract
{
    internal static RnnSequenceTaggingOptions Tiny { get; } = new() { Network = TinyNetwork, Training = RnnTextClassificationContract.TinyTraining };

    protected override RnnSequenceTaggingOptions Options => Tiny;

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");
}

/// <summary>Tags as text, characters by convolution, an additional column, each tag after the last two.</summary>
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
        (ml.Transforms.DropColumns("Shape").Fit(Model.Prepared).Transform(Model.Prepared), ["additional input column 'Shape'", "Vector<String> or Vector<Key>"], false),
        (ml.Transforms.CopyColumns("Shape", "Id").Fit(Model.Prepared).Transform(Model.Prepared), ["additional input column 'Shape'", "Vector<String> or Vector<Key>", "Single"], false),
    ];
}
