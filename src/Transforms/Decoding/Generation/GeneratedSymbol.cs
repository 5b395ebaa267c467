namespace MlNetRnn.Decoding;

/// <summary>A generated symbol.</summary>
/// <param name="Row">The row, 0-based.</param>
/// <param name="Symbol">The symbol. If <paramref name="End"/> is <see cref="GenerationEnd.DocumentEnd"/>, it is the boundary.</param>
/// <param name="LogProbability">The log-probability of the symbol as the model computed it, before temperature and filters.</param>
/// <param name="End">Whether the row ends with this symbol, and why.</param>
internal readonly record struct GeneratedSymbol(int Row, int Symbol, float LogProbability, GenerationEnd End);
