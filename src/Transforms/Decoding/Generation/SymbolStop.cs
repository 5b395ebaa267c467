namespace MlNetRnn.Decoding;

/// <summary>Returns whether a sequence ends after these symbols, for example because its text ends with a stop sequence.</summary>
/// <param name="generated">The symbols after the prompt, at least one.</param>
internal delegate bool SymbolStop(ReadOnlySpan<int> generated);
