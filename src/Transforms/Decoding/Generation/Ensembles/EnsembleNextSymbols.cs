using System.Diagnostics;
using MlNetRnn.Kernels;

namespace MlNetRnn.Decoding;

/// <summary>
/// An ensemble of models that read the same symbols. Its distribution is the mean of their distributions. Sampling and beam search use it like one model. Not
/// thread-safe.
/// </summary>
internal sealed class EnsembleNextSymbols : INextSymbols
{
    /// <summary>If the models need less time than this for a step, starting threads (about 5 µs) does not pay.</summary>
    private static readonly TimeSpan WorthThreads = TimeSpan.FromMicroseconds(40);

    private readonly INextSymbols[] _members;
    private readonly float[][] _logProbabilities; // per member [B,V]
    private readonly DistributionMean _mean;
    private readonly int _threads;
    private int _timedRows = -1, _timedReads;
    private bool _isWorthThreads;

    /// <summary>Combines models.</summary>
    /// <param name="members">The models, with equal numbers of symbols and rows. The ensemble disposes them.</param>
    /// <param name="weights">The weight of each model, greater than 0; null for equal weights. Only their ratios matter.</param>
    /// <param name="threads">
    /// The number of models that may run at the same time. They do if a step takes long enough. The results do not depend on it.
    /// </param>
    /// <exception cref="ArgumentException">The list of models is empty, the models do not match, or a weight is not valid.</exception>
    public EnsembleNextSymbols(IReadOnlyList<INextSymbols> members, IReadOnlyList<double>? weights = null, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (members.Count == 0) throw new ArgumentException("Expected at least one model for an ensemble, got none.", nameof(members));
        foreach (INextSymbols member in members)
        {
            if (member.Symbols != members[0].Symbols)
                throw new ArgumentException(
                    $"Expected models with the same symbols, got one with {members[0].Symbols} and one with {member.Symbols}. Train them with one vocabulary.",
                    nameof(members));
            if (member.Rows != members[0].Rows)
                throw new ArgumentException(
                    $"Expected models with the same number of rows, got one with {members[0].Rows} and one with {member.Rows}.", nameof(members));
        }
        (_members, _threads) = ([.. members], threads);
        _logProbabilities = [.. members.Select(_ => Array.Empty<float>())];
        _mean = new DistributionMean(weights ?? [.. members.Select(_ => 1.0)], members.Count);
    }

    public int Symbols => _members[0].Symbols;

    public int Rows => _members[0].Rows;

    public void Read(ReadOnlySpan<int> symbols, Span<float> logProbabilities)
    {
        int length = Rows * Symbols;
        if (_logProbabilities[0].Length < length)
            for (int m = 0; m < _members.Length; m++) _logProbabilities[m] = new float[length];
        if (_isWorthThreads && _timedRows == Rows) ReadInParallel(symbols.ToArray(), length);
        else ReadInTurn(symbols, length);
        _mean.Compute(_logProbabilities, logProbabilities[..length]);
    }

    public void ReadPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts) => ForEach(m => _members[m].ReadPrompts(prompts));

    public void Select(ReadOnlySpan<int> rows)
    {
        foreach (INextSymbols member in _members) member.Select(rows);
    }

    public byte[] Save(int row) => EnsembleState.Join([.. _members.Select(member => member.Save(row))]);

    public void Restore(int row, ReadOnlySpan<byte> state)
    {
        byte[][] states = EnsembleState.Split(state, _members.Length), before = [.. _members.Select(member => member.Save(row))];
        for (int m = 0; m < states.Length; m++)
        {
            try
            {
                _members[m].Restore(row, states[m]);
            }
            catch (FormatException)
            {
                // A refused state changes nothing.
                for (int i = 0; i < m; i++) _members[i].Restore(row, before[i]);
                throw;
            }
        }
    }

    public void Dispose()
    {
        foreach (INextSymbols member in _members) member.Dispose();
    }

    private void ReadInTurn(ReadOnlySpan<int> symbols, int length)
    {
        long start = Stopwatch.GetTimestamp();
        for (int m = 0; m < _members.Length; m++) _members[m].Read(symbols, _logProbabilities[m].AsSpan(0, length));
        if (_timedRows != Rows) (_timedRows, _timedReads, _isWorthThreads) = (Rows, 0, false);
        // The first read also compiles and allocates, so the second one decides for this number of rows.
        if (++_timedReads == 2) _isWorthThreads = _threads > 1 && Stopwatch.GetElapsedTime(start) > WorthThreads;
    }

    private void ReadInParallel(int[] symbols, int length) => ForEach(m => _members[m].Read(symbols, _logProbabilities[m].AsSpan(0, length)));

    private void ForEach(Action<int> run) => InParallel.For(_members.Length, run, _threads);
}
