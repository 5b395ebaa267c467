namespace MlNetRnn;

/// <summary>
/// Changes the distribution of the next symbol during generation, for example to forbid symbols. It is called for each sequence at each step, on the thread
/// that generates.
/// </summary>
/// <param name="prompt">The symbols before the generated ones.</param>
/// <param name="generated">The symbols generated so far.</param>
/// <param name="logProbabilities">
/// The log-probability of each symbol, which the method may change. Negative infinity forbids a symbol. The numbers need not be normalized. In a beam search
/// they must stay at or below 0.
/// </param>
public delegate void RnnSymbolConstraint(ReadOnlySpan<int> prompt, ReadOnlySpan<int> generated, Span<float> logProbabilities);
