namespace MlNetRnn.Batching;

/// <summary>
/// A part of a sequence of symbols that a language model reads from its beginning to its end. Each of its symbols is an input, and the symbol after it is the
/// one to predict.
/// </summary>
/// <param name="Sequence">The sequence.</param>
/// <param name="Start">The first input in that sequence.</param>
/// <param name="Length">The number of inputs.</param>
/// <param name="Skipped">The number of inputs at the beginning that only prepare the state: their predictions do not count.</param>
internal readonly record struct SymbolSegment(int Sequence, int Start, int Length, int Skipped = 0);
