namespace MlNetRnn;

/// <summary>What <c>Regression.Trainers.RnnTextRegression</c> can be told. Immutable; all faults are found when the trainer is made.</summary>
public sealed record RnnTextRegressionOptions : RnnManyToOneOptions;
