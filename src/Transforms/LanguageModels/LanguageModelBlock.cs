using Microsoft.ML;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>The rows of one cursor that are scored together: their symbols, and the log-probabilities, which are computed on first use.</summary>
internal sealed class LanguageModelBlock(LanguageModel model, IReadOnlyList<LanguageModelOutput> outputs, Action<List<int>> read) : IRowBlock
{
    /// <summary>The number of symbols that fills a block: 16 MB.</summary>
    private const int SymbolsPerBlock = 1 << 20;

    private readonly List<int[]> _sequences = [];
    private readonly List<int> _symbols = [];
    private float[][]? _logProbabilities;
    private long _count;

    public bool IsFull => _count >= SymbolsPerBlock;

    public void Clear()
    {
        _sequences.Clear();
        _logProbabilities = null;
        _count = 0;
    }

    public void Read()
    {
        _symbols.Clear();
        _symbols.Add(SymbolCodec.Boundary);
        read(_symbols);
        _symbols.Add(SymbolCodec.Boundary);
        _sequences.Add([.. _symbols]);
        _count += _symbols.Count;
    }

    public Delegate CreateGetter(int output, Func<int> current) => outputs[output].CreateGetter(() => RowOf(current()));

    private ScoredSymbols RowOf(int row)
    {
        if (_logProbabilities is null)
        {
            float[][] results = [.. _sequences.Select(sequence => new float[sequence.Length - 1])];
            model.Score(_sequences, results);
            _logProbabilities = results;
        }
        return new ScoredSymbols(_sequences[row], _logProbabilities[row]);
    }
}
