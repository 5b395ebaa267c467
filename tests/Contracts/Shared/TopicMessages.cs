using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Short messages about three topics, and a classifier that is small enough to learn them quickly.</summary>
public abstract class TopicMessages
{
    private protected readonly MLContext _ml = new(1);

    private protected static string[] Topics { get; } = ["late", "double", "locked"];

    private protected static RnnTextClassificationOptions Options { get; } =
        RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 20 } };

    private protected RnnTextClassificationTrainer Trainer(RnnTextClassificationOptions options) =>
        _ml.MulticlassClassification.Trainers.RnnTextClassification(options);

    /// <summary>Rows with a text. By default, the labels are the topics in turn.</summary>
    private protected IDataView Data(Func<int, string> text, Func<int, string>? label = null, int rows = 30) =>
        _ml.LoadRows(rows, i => new LabeledText { Label = label is null ? Topics[i % 3] : label(i), Text = text(i) });

    /// <summary>A transform that maps the topics to keys, in their order.</summary>
    private protected ITransformer Keys() => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Data(_ => ""));

    /// <summary>Rows with a text and keys as labels.</summary>
    private protected IDataView KeyedData(Func<int, string> text, Func<int, string>? label = null, int rows = 30) => _ml.MapToKeys(Data(text, label, rows));
}
