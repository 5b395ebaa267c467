using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Texts with labels of any type, and a classifier that learns them.</summary>
public abstract class LabelCase
{
    private protected readonly MLContext _ml = new(1);

    private protected IEstimator<RnnTransformer> Trainer() => _ml.MulticlassClassification.Trainers.RnnTextClassification(
        RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 20 } });

    private protected IDataView Data<TLabel>(TLabel[] labels) => _ml.LoadRows(24, i =>
    {
        int label = i % labels.Length;
        return new Row<TLabel> { Label = labels[label], Text = $"word{label} and word{label}" };
    });

    private sealed class Row<TLabel>
    {
        public TLabel Label { get; set; } = default!;

        public string Text { get; set; } = "";
    }
}
