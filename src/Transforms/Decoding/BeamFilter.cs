namespace MlNetRnn.Decoding;

/// <summary>Changes the log-probabilities of the next symbol before the search compares them.</summary>
/// <param name="path">The symbols before; null at the first step.</param>
/// <param name="scores">The log-probabilities, [V]. Negative infinity forbids a symbol.</param>
internal delegate void BeamFilter(BeamPath? path, Span<float> scores);
