namespace MlNetRnn.Options;

/// <summary>The part of the training rows that is held out, of several parts of the same size.</summary>
/// <param name="Index">The part, from 0.</param>
/// <param name="Count">The number of parts.</param>
/// <param name="Seed">The seed of the division, which is the same for all parts.</param>
internal sealed record TrainingFold(int Index, int Count, int Seed);
