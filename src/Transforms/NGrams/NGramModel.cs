using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MlNetRnn.NGrams;

/// <summary>
/// An n-gram language model with interpolated modified Kneser-Ney smoothing (Chen and Goodman, 1999). The probability of a symbol after a context is its
/// discounted relative frequency, plus the probability after the shorter context times the mass that the discounts left; without a context, the uniform
/// distribution takes the rest, so that every symbol is possible. The probabilities after a context sum to 1. Immutable and thread-safe.
/// </summary>
internal sealed class NGramModel
{
    private readonly NGramLevel[] _levels;
    private readonly float[] _logUnigrams;
    private readonly Lazy<ulong> _hash;

    /// <param name="symbols">V, the number of symbols.</param>
    /// <param name="levels">The contexts of each length, from 0 on.</param>
    public NGramModel(int symbols, NGramLevel[] levels)
    {
        Symbols = symbols;
        _levels = levels;
        _hash = new Lazy<ulong>(ComputeHash);
        var unigrams = new double[symbols];
        Array.Fill(unigrams, (double)levels[0].Backoffs[0] / symbols);
        for (int i = 0; i < levels[0].Successors.Length; i++) unigrams[levels[0].Successors[i]] += levels[0].Weights[i];
        _logUnigrams = [.. unigrams.Select(probability => (float)Math.Log(probability))];
    }

    /// <summary>V, the number of symbols.</summary>
    public int Symbols { get; }

    /// <summary>n: a symbol depends on at most n - 1 symbols before it.</summary>
    public int Order => _levels.Length;

    /// <summary>The contexts of each length, from 0 on.</summary>
    public IReadOnlyList<NGramLevel> Levels => _levels;

    /// <summary>A hash of the model, by which its states are recognized.</summary>
    public ulong Hash => _hash.Value;

    /// <summary>Returns log P(symbol | context).</summary>
    /// <param name="context">The symbols before, of which the last n - 1 count, and none before a boundary.</param>
    /// <param name="symbol">The symbol.</param>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is not in the vocabulary.</exception>
    public double LogProbability(ReadOnlySpan<int> context, int symbol)
    {
        Require(symbol);
        Span<int> nodes = stackalloc int[Order];
        double probability = 0, rest = 1;
        for (int length = Find(context, nodes); length >= 0; length--)
        {
            probability += rest * _levels[length].WeightOf(nodes[length], symbol);
            rest *= _levels[length].Backoffs[nodes[length]];
        }
        return Math.Log(probability + rest / Symbols);
    }

    /// <summary>Computes log P(symbol | context) of every symbol.</summary>
    /// <param name="context">The symbols before, of which the last n - 1 count, and none before a boundary.</param>
    /// <param name="logProbabilities">Receives the log-probabilities, [V].</param>
    /// <exception cref="ArgumentOutOfRangeException">A symbol is not in the vocabulary.</exception>
    public void Distribution(ReadOnlySpan<int> context, Span<float> logProbabilities)
    {
        Span<int> nodes = stackalloc int[Order];
        int longest = Find(context, nodes);
        double logRest = 0;
        for (int length = longest; length > 0; length--) logRest += Math.Log(_levels[length].Backoffs[nodes[length]]);
        // Most symbols follow only the empty context; the logarithms of their probabilities are known.
        for (int symbol = 0; symbol < Symbols; symbol++) logProbabilities[symbol] = _logUnigrams[symbol] + (float)logRest;
        for (int length = 1; length <= longest; length++)
        {
            NGramLevel level = _levels[length];
            logRest -= Math.Log(level.Backoffs[nodes[length]]);
            Range range = level.SuccessorsOf(nodes[length]);
            ReadOnlySpan<float> weights = level.Weights.AsSpan(range);
            ReadOnlySpan<int> successors = level.Successors.AsSpan(range);
            for (int i = 0; i < weights.Length; i++)
            {
                ref float sum = ref logProbabilities[successors[i]];
                sum = (float)LogSum(sum, Math.Log(weights[i]) + logRest);
            }
        }
    }

    /// <summary>Throws if a number is not a symbol of the vocabulary.</summary>
    public void Require(int symbol)
    {
        if ((uint)symbol >= (uint)Symbols)
        {
            throw new ArgumentOutOfRangeException(
                nameof(symbol), symbol, $"Symbol: expected a number from 0 to {Symbols - 1}, got {symbol}. Use the vocabulary of the model.");
        }
    }

    /// <summary>Finds the longest known context, and all shorter ones, and returns its length.</summary>
    private int Find(ReadOnlySpan<int> context, Span<int> nodes)
    {
        nodes[0] = 0;
        for (int length = 1; length < Order && length <= context.Length; length++)
        {
            int symbol = context[^length];
            Require(symbol);
            // No context continues beyond a boundary.
            int node = _levels[length - 1].Longer(nodes[length - 1], symbol, _levels[length]);
            if (node < 0) return length - 1;
            nodes[length] = node;
        }
        return Math.Min(Order - 1, context.Length);
    }

    private ulong ComputeHash()
    {
        var hash = new XxHash64(Symbols);
        foreach (NGramLevel level in _levels)
        {
            foreach (int[] numbers in (int[][])[level.Symbols, level.FirstLonger, level.FirstSuccessor, level.Successors])
                hash.Append(MemoryMarshal.AsBytes<int>(numbers));
            foreach (float[] numbers in (float[][])[level.Backoffs, level.Weights]) hash.Append(MemoryMarshal.AsBytes<float>(numbers));
        }
        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Returns log(exp(a) + exp(b)).</summary>
    private static double LogSum(double a, double b) => Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));
}
