using MlNetRnn.Batching;
using MlNetRnn.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>Teaches a classification network: cross-entropy of the true class, accuracy on the validation rows.</summary>
internal sealed class ClassificationTraining(ClassificationNetwork network, ExampleSet training, IReadOnlyList<int> trainingRows, ExampleSet validation, IReadOnlyList<int> validationRows) : ITrainingTask
{
    private const int ValidationBatchSize = 256;

    public IReadOnlyList<Parameter> Parameters => network.Parameters;

    public IReadOnlyList<int> TrainingRows => trainingRows;

    public int Length(int row) => training.Sequences.Length(row);

    public Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode)
    {
        PackedBatch packed = PackedBatch.From(training.Sequences, batch);
        return nn.functional.cross_entropy(network.Forward(packed, mode), Labels(training, packed));
    }

    public ValidationResult? Validate(Action check)
    {
        if (validationRows.Count == 0) return null;
        double loss = 0;
        long correct = 0;
        using var noGradients = no_grad();
        foreach (int[] batch in LengthBuckets.Cut(validationRows.OrderBy(validation.Sequences.Length), validation.Sequences.Length, ValidationBatchSize))
        {
            check();
            using DisposeScope scope = NewDisposeScope();
            PackedBatch packed = PackedBatch.From(validation.Sequences, batch);
            Tensor logits = network.Forward(packed, ForwardMode.Scoring), labels = Labels(validation, packed);      // [B,K], [B]
            loss += nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum).item<float>();
            correct += logits.argmax(1).eq(labels).sum().item<long>();
        }
        double mostFrequent = validationRows.GroupBy(row => validation.Labels[row]).Max(group => group.Count());
        return new ValidationResult(loss / validationRows.Count, "accuracy", (double)correct / validationRows.Count, mostFrequent / validationRows.Count);
    }

    /// <returns>[B], in the order of the batch's sorted rows.</returns>
    private static Tensor Labels(ExampleSet examples, PackedBatch batch) => tensor(Array.ConvertAll(batch.Rows, row => (long)examples.Labels[row]));
}
