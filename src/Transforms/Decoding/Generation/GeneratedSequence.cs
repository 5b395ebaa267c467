namespace MlNetRnn.Decoding;

/// <summary>A generated sequence of symbols.</summary>
/// <param name="Symbols">
/// The symbols after the prompt. If <paramref name="End"/> is <see cref="GenerationEnd.DocumentEnd"/>, the last one is the boundary.
/// </param>
/// <param name="LogProbabilities">The log-probability of each symbol as the model computed it, before temperature and filters.</param>
/// <param name="Score">What a beam search ranked by; for a sampled sequence, the sum of the log-probabilities.</param>
/// <param name="End">Why it ended.</param>
/// <param name="State">The state from which generation can be continued; null if it was not kept.</param>
internal sealed record GeneratedSequence(int[] Symbols, float[] LogProbabilities, double Score, GenerationEnd End, GenerationState? State);
