namespace MlNetRnn.Columns;

/// <summary>The result of reading a sequence.</summary>
/// <param name="Outcome">Whether the sequence was read completely.</param>
/// <param name="Length">The number of steps before truncation; 0 for an empty sequence.</param>
internal readonly record struct ReadResult(ReadOutcome Outcome, int Length);
