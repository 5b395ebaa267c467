namespace MlNetRnn.Decoding;

/// <summary>Computes log P(symbol | symbols before it) for each symbol after each of several beginnings.</summary>
/// <param name="paths">The beginnings, [B]; at the first step one beginning without symbols, which is null.</param>
/// <param name="from">For each beginning, the index of the beginning that it extends, among those of the step before, [B].</param>
/// <param name="logProbabilities">Receives the result, [B,V].</param>
internal delegate void BeamScoring(ReadOnlySpan<BeamPath?> paths, ReadOnlySpan<int> from, Span<float> logProbabilities);
