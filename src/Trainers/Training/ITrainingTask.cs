using MlNetRnn.Modules;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>The task-dependent part of a training.</summary>
internal interface ITrainingTask
{
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The number of tokens of the validation rows; 0 if there are none.</summary>
    long ValidationTokens { get; }

    /// <summary>Returns the steps of an epoch in their order.</summary>
    /// <param name="batchSize">The number of rows per step.</param>
    /// <param name="random">Source of the order.</param>
    IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random);

    /// <summary>Computes the mean loss of a step: a scalar with its autograd graph.</summary>
    Tensor Loss(TrainingStep step, ForwardMode mode);

    /// <summary>Returns the norms of the gradients of the states in this epoch and resets them; null if they are not recorded.</summary>
    IReadOnlyList<double>? TakeGradientFlow();

    /// <summary>Computes the result on all validation rows; null if there are none.</summary>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    ValidationResult? Validate(Action check);

    /// <summary>Calibrates the probabilities of the trained network on the validation rows, if it has probabilities.</summary>
    /// <param name="check">Called for every batch; throws if the training was canceled.</param>
    /// <returns>The temperature, by which the logits were divided: above 1 for an overconfident network; 1 without calibration.</returns>
    double Calibrate(Action check);
}

/// <summary>The result of a network on the validation rows.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="MetricName">The name of the metric.</param>
/// <param name="Metric">The metric; higher is better.</param>
/// <param name="Baseline">The metric of a model that predicts the same for every row.</param>
internal sealed record ValidationResult(double Loss, string MetricName, double Metric, double Baseline = double.NegativeInfinity)
{
    /// <summary>The model that has the metric <see cref="Baseline"/>, for messages.</summary>
    public string BaselineName { get; init; } = "predicting the most frequent label";

    /// <summary>Compares by the metric, then by the loss.</summary>
    public bool IsBetterThan(ValidationResult? other) => other is null || Metric > other.Metric || Metric == other.Metric && Loss < other.Loss;
}
