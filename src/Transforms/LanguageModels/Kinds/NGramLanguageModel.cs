using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.NGrams;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>An n-gram model that predicts the next symbol from the last n - 1.</summary>
internal sealed class NGramLanguageModel(SymbolCodec codec, NGramModel model) : LanguageModel(codec)
{
    public const string KindName = "NGram";

    /// <summary>The part of the model file that holds the probabilities.</summary>
    public const string NGramsPart = "NGrams.bin";

    public override string Kind => KindName;

    public override string Description => $"{model.Order}-gram model";

    public override void Score(IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results) =>
        InParallel.For(sequences.Count, row => Score(sequences[row], results[row]));

    public override INextSymbols Open(int rows) => new NGramNextSymbols(model, rows);

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() => [(NGramsPart, NGramFile.Save(model))];

    private void Score(int[] sequence, float[] result)
    {
        for (int i = 1; i < sequence.Length; i++)
            result[i - 1] = (float)model.LogProbability(sequence.AsSpan(Math.Max(0, i + 1 - model.Order)..i), sequence[i]);
    }
}
