namespace MlNetRnn;

/// <summary>
/// Options for <c>Regression.Trainers.RnnTextRegression</c>. Immutable. Values are validated when the trainer is created; all errors are reported together.
/// </summary>
public sealed record RnnTextRegressionOptions : RnnManyToOneOptions;
