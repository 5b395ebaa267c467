namespace MlNetRnn.Decoding;

/// <summary>The symbols of a sequence so far: those of the prompt, then the generated ones. Not thread-safe.</summary>
internal sealed class SymbolHistory
{
    private readonly bool[] _isPresent;
    private readonly List<int> _distinct = [];
    private readonly int _promptLength, _promptDistinct;
    private int[] _symbols;

    public SymbolHistory(int symbols, ReadOnlySpan<int> prompt)
    {
        _isPresent = new bool[symbols];
        _symbols = new int[prompt.Length + 16];
        foreach (int symbol in prompt) Add(symbol);
        (_promptLength, _promptDistinct) = (Length, _distinct.Count);
    }

    public int Length { get; private set; }

    public ReadOnlySpan<int> All => _symbols.AsSpan(0, Length);

    public ReadOnlySpan<int> Prompt => _symbols.AsSpan(0, _promptLength);

    public ReadOnlySpan<int> Generated => _symbols.AsSpan(_promptLength, Length - _promptLength);

    /// <summary>Each symbol that occurs, once, in the order of first occurrence.</summary>
    public IReadOnlyList<int> Distinct => _distinct;

    public void Add(int symbol)
    {
        if (Length == _symbols.Length) Array.Resize(ref _symbols, checked(2 * Length));
        _symbols[Length++] = symbol;
        if (_isPresent[symbol]) return;
        _isPresent[symbol] = true;
        _distinct.Add(symbol);
    }

    /// <summary>Replaces the generated symbols by those of a path of a beam search; null for no symbols.</summary>
    public void SetGenerated(BeamPath? path)
    {
        for (int i = _promptDistinct; i < _distinct.Count; i++) _isPresent[_distinct[i]] = false;
        _distinct.RemoveRange(_promptDistinct, _distinct.Count - _promptDistinct);
        Length = _promptLength;
        if (path is null) return;
        int end = _promptLength + path.Length;
        if (end > _symbols.Length) Array.Resize(ref _symbols, Math.Max(end, 2 * _symbols.Length));
        path.CopyTo(_symbols.AsSpan(_promptLength, path.Length));
        // Add writes each symbol to the place where it already is.
        while (Length < end) Add(_symbols[Length]);
    }
}
