using System.Runtime.ExceptionServices;

namespace MlNetRnn.Decoding;

/// <summary>
/// An ensemble of models that read the same symbols. Its distribution is the mean of their distributions. Sampling and beam search use it like one model. Not
/// thread-safe.
/// </summary>
internal sealed class EnsembleNextSymbols : INextSymbols
{
    private readonly INextSymbols[] _members;
    private readonly float[][] _logProbabilities; // per member [B,V]
    private readonly DistributionMean _mean;
    private readonly int _threads;

    /// <summary>Combines models.</summary>
    /// <param name="members">The models, with equal numbers of symbols and rows. The ensemble disposes them.</param>
    /// <param name="weights">The weight of each model, greater than 0; null for equal weights. Only their ratios matter.</param>
    /// <param name="threads">The number of models that may run at the same time. The results do not depend on it.</param>
    /// <exception cref="ArgumentException">There is no model, the models do not match, or a weight is not valid.</exception>
    public EnsembleNextSymbols(IReadOnlyList<INextSymbols> members, IReadOnlyList<double>? weights = null, int threads = 1)
    {
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
        if (Degree(length) > 1)
        {
            int[] copy = symbols.ToArray();
            ForEach(m => _members[m].Read(copy, _logProbabilities[m].AsSpan(0, length)));
        }
        else
        {
            for (int m = 0; m < _members.Length; m++) _members[m].Read(symbols, _logProbabilities[m].AsSpan(0, length));
        }
        _mean.Compute(_logProbabilities, logProbabilities[..length]);
    }

    public void ReadPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts)
    {
        if (Degree(prompts.Max(prompt => prompt.Length) * Rows * (long)Symbols) > 1) ForEach(m => _members[m].ReadPrompts(prompts));
        else foreach (INextSymbols member in _members) member.ReadPrompts(prompts);
    }

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

    /// <summary>Returns the number of threads that pays for a number of log-probabilities.</summary>
    private int Degree(long logProbabilities)
    {
        // With 65,536 numbers and 128 hidden units or more, the output layer alone takes about a millisecond, and starting the threads about 10 µs.
        const int WorthThreads = 1 << 16;
        return logProbabilities >= WorthThreads ? Math.Min(_threads, _members.Length) : 1;
    }

    private void ForEach(Action<int> run)
    {
        try
        {
            Parallel.For(0, _members.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, run);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }
}
