namespace MlNetRnn.Training;

/// <summary>The part of the training data that one optimizer step reads.</summary>
/// <param name="Rows">The rows of the step.</param>
/// <param name="Tokens">The number of tokens.</param>
/// <param name="LossCount">
/// The number of items that the loss of the step is the mean of: rows, or steps for a tagger. The losses of an epoch and of the validation rows are means of
/// the same items.
/// </param>
/// <param name="Window">The part of the rows: the first window, the second, and so on; 0 if a step reads whole rows.</param>
internal sealed record TrainingStep(int[] Rows, int Tokens, int LossCount, int Window = 0);
