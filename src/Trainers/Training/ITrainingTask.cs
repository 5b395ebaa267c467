using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>What the training loop asks of a task.</summary>
internal interface ITrainingTask
{
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The rows to learn from.</summary>
    IReadOnlyList<int> TrainingRows { get; }

    /// <summary>The tokens of a row.</summary>
    int Length(int row);

    /// <summary>The mean loss of a batch, a scalar with a graph behind it.</summary>
    Tensor Loss(ReadOnlySpan<int> batch, ForwardMode mode);

    /// <summary>What that is the mean over: the number of rows in the batch, or of their steps. The loss of an epoch, and of the validation rows, is the mean over the same.</summary>
    int LossCount(ReadOnlySpan<int> batch);

    /// <summary>How much of the gradient reached the states in this epoch; null where nobody asks.</summary>
    IReadOnlyList<double>? TakeGradientFlow();

    /// <summary>The result on all validation rows; null where there are none.</summary>
    /// <param name="check">Called for every batch; throws when the user wants to stop.</param>
    ValidationResult? Validate(Action check);

    /// <summary>Makes the probabilities of the finished network right, where it has any.</summary>
    /// <param name="check">Called for every batch; throws when the user wants to stop.</param>
    /// <returns>The temperature by which the logits were divided.</returns>
    double Calibrate(Action check);
}

/// <summary>How good a network is on the validation rows.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="MetricName">What is measured.</param>
/// <param name="Metric">Higher is better.</param>
/// <param name="Baseline">The metric of a model that says the same of every row.</param>
internal sealed record ValidationResult(double Loss, string MetricName, double Metric, double Baseline = double.NegativeInfinity)
{
    /// <summary>By the metric; the loss decides between equals.</summary>
    public bool IsBetterThan(ValidationResult? other) => other is null || Metric > other.Metric || Metric == other.Metric && Loss < other.Loss;
}
