namespace MlNetRnn.Batching;

/// <summary>The training pairs and the validation pairs. Both refer to the same set if a share of the pairs is held out.</summary>
internal sealed record PairData(PairSet Training, int[] TrainingPairs, PairSet Validation, int[] ValidationPairs);
