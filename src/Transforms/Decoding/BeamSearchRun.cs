using System.Runtime.InteropServices;

namespace MlNetRnn.Decoding;

/// <summary>A beam search between two steps; <see cref="BeamSearch.Begin"/> creates it.</summary>
internal sealed class BeamSearchRun
{
    private readonly BeamSearch _search;
    private readonly BeamCandidates _candidates;
    private readonly BeamFilter? _filter;
    private readonly int _steps;
    private readonly List<BeamPath?> _open;
    private readonly List<int> _from = [0];
    private List<BeamPath> _found = [];
    private int _step;

    /// <param name="search">The settings.</param>
    /// <param name="steps">The maximum length.</param>
    /// <param name="candidates">Selects the best extensions.</param>
    /// <param name="filter">Changes the log-probabilities; null for no change.</param>
    public BeamSearchRun(BeamSearch search, int steps, BeamCandidates candidates, BeamFilter? filter)
    {
        (_search, _steps, _candidates, _filter) = (search, steps, candidates, filter);
        _open = steps == 0 ? [] : [null];
    }

    /// <summary>Whether no beginning is extended any more.</summary>
    public bool HasEnded => _step >= _steps || _open.Count == 0 || _search.CanStop(_found, _open[0], _steps);

    /// <summary>The beginnings whose next symbols are wanted; at first one beginning without symbols, which is null.</summary>
    public ReadOnlySpan<BeamPath?> Open => CollectionsMarshal.AsSpan(_open);

    /// <summary>For each beginning, the index of the beginning that it extends, among those of the step before.</summary>
    public ReadOnlySpan<int> From => CollectionsMarshal.AsSpan(_from);

    /// <summary>The sequences found so far, the best first.</summary>
    public IReadOnlyList<BeamPath> Found => _found;

    /// <summary>Extends the beginnings by a symbol.</summary>
    /// <param name="logProbabilities">The log-probabilities of the next symbol after each beginning, [B,V].</param>
    public void Advance(ReadOnlySpan<float> logProbabilities)
    {
        int symbols = logProbabilities.Length / _open.Count;
        for (int b = 0; b < _open.Count; b++) _candidates.Add(b, _open[b], logProbabilities.Slice(b * symbols, symbols), _filter);
        (int From, BeamPath Path)[] kept = _candidates.Take();
        _open.Clear();
        _from.Clear();
        _step++;
        bool isAnyFound = false;
        foreach ((int parent, BeamPath path) in kept)
        {
            if (_step == _steps || path.Symbol == _search.End || _search.IsComplete?.Invoke(path) == true)
            {
                _found.Add(path);
                isAnyFound = true;
                continue;
            }
            _open.Add(path);
            _from.Add(parent);
        }
        // A stable sort: of equally good sequences, the first found stays in front.
        if (isAnyFound) _found = [.. _found.OrderByDescending(path => _search.Rank(path.Score, path.Length)).Take(_search.Count)];
    }
}
