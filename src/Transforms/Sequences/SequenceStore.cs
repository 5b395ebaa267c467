using System.Runtime.InteropServices;

namespace MlNetRnn.Sequences;

/// <summary>
/// A store of sequences in one flat list, without an object per row: token numbers or the values of frames, four bytes each, and eight bytes per sequence. Used
/// for the block of a scoring cursor and for training data.
/// </summary>
/// <param name="frameSize">The number of values in a frame; 0 for tokens.</param>
/// <param name="keepTexts">Whether the spellings of tokens are kept.</param>
/// <param name="keepPlaces">Whether the positions of tokens in their text are kept.</param>
internal sealed class SequenceStore(int frameSize = 0, bool keepTexts = false, bool keepPlaces = false)
{
    // A stream of rows has an unlimited number of spellings. Beyond this number, they are cleared with the block.
    private const int SpellingsKept = 100_000;

    private readonly List<int> _tokens = [];
    private readonly List<float> _numbers = [];
    private readonly List<int> _spelled = [];
    private readonly List<TextPlace> _places = [];
    private readonly List<long> _ends = [];
    private readonly List<int> _widths = [];
    private long _steps;

    /// <summary>The number of values in a frame; 0 if the steps are tokens.</summary>
    public int FrameSize => frameSize;

    /// <summary>The number of complete sequences.</summary>
    public int Count => _ends.Count;

    /// <summary>The number of steps (tokens or frames) of all complete sequences.</summary>
    public long StepCount => _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>The token numbers of a sequence.</summary>
    public ReadOnlySpan<int> this[int sequence] => CollectionsMarshal.AsSpan(_tokens)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>Returns the frames of a sequence, one after another.</summary>
    public ReadOnlySpan<float> Frames(int sequence) =>
        CollectionsMarshal.AsSpan(_numbers)[checked((int)(Start(sequence) * frameSize))..checked((int)(_ends[sequence] * frameSize))];

    /// <summary>Whether the spellings of tokens are kept.</summary>
    public bool KeepsTexts => keepTexts;

    /// <summary>The distinct spellings; empty if they are not kept.</summary>
    public TextNumbers Spellings { get; } = new();

    /// <summary>Returns the index in <see cref="Spellings"/> of each token of a sequence; the unknown token of an empty sequence has the spelling "".</summary>
    public ReadOnlySpan<int> Spelled(int sequence) => CollectionsMarshal.AsSpan(_spelled)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>Returns the position of each token of a sequence in its text; the unknown token of an empty sequence has length 0.</summary>
    public ReadOnlySpan<TextPlace> Places(int sequence) => CollectionsMarshal.AsSpan(_places)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>Sets the position of the token that is added next.</summary>
    public void AddPlace(int start, int length)
    {
        if (keepPlaces) _places.Add(new TextPlace(start, length));
    }

    /// <summary>Returns the number of steps of a sequence.</summary>
    public int Length(int sequence) => (int)(_ends[sequence] - Start(sequence));

    /// <summary>Adds a token to the open sequence.</summary>
    public void Add(int token, ReadOnlySpan<char> text = default)
    {
        _tokens.Add(token);
        if (keepPlaces && _places.Count < _tokens.Count) _places.Add(default);
        if (keepTexts) _spelled.Add(Spellings.NumberOf(text));
        _steps++;
    }

    /// <summary>Adds a frame to the open sequence.</summary>
    /// <exception cref="InvalidOperationException">The store has more values than an array can hold.</exception>
    public void Add(ReadOnlySpan<float> frame)
    {
        if (_numbers.Count > Array.MaxLength - frame.Length)
        {
            throw new InvalidOperationException(
                $"Frames: expected at most {Array.MaxLength:N0} numbers in all sequences together, got more. "
                + "Use fewer rows, shorter ones (MaximumLength), or smaller frames or grids.");
        }
        _numbers.AddRange(frame);
        _steps++;
    }

    /// <summary>Adds a copy of a sequence of another store with steps of the same kind.</summary>
    public void AddSequence(SequenceStore from, int sequence)
    {
        if (frameSize == 0)
        {
            foreach (int token in from[sequence]) Add(token);
        }
        else
        {
            ReadOnlySpan<float> frames = from.Frames(sequence);
            for (int start = 0; start < frames.Length; start += frameSize) Add(frames.Slice(start, frameSize));
        }
        if (from.HasGrids) EndGrid(from.Width(sequence));
        else EndSequence();
    }

    /// <summary>The number of steps of the open sequence.</summary>
    public int OpenLength => (int)(_steps - StepCount);

    /// <summary>Completes the open sequence. An empty sequence gets an unknown token, or a frame of missing values, so that every row has a result.</summary>
    public void EndSequence()
    {
        if (OpenLength == 0) AddMissing();
        _ends.Add(_steps);
    }

    /// <summary>Whether the sequences are grids, whose steps are cells, row by row.</summary>
    public bool HasGrids => _widths.Count > 0;

    /// <summary>Completes the open sequence as a grid of a width. An empty grid gets one cell of missing values.</summary>
    public void EndGrid(int width)
    {
        _widths.Add(OpenLength == 0 ? 1 : width);
        EndSequence();
    }

    /// <summary>Returns the width of a grid; 0 for a sequence.</summary>
    public int Width(int sequence) => HasGrids ? _widths[sequence] : 0;

    /// <summary>Removes the last sequence.</summary>
    public void RemoveLast()
    {
        long start = Start(Count - 1);
        _ends.RemoveAt(_ends.Count - 1);
        if (HasGrids) _widths.RemoveAt(_widths.Count - 1);
        Shorten(start);
    }

    /// <summary>Truncates the last sequence to a length, or fills it with missing steps.</summary>
    public void FitLast(int length)
    {
        _ends.RemoveAt(_ends.Count - 1);
        if (OpenLength > length) Shorten(StepCount + length);
        while (OpenLength < length) AddMissing();
        _ends.Add(_steps);
    }

    public void Clear()
    {
        _tokens.Clear();
        _numbers.Clear();
        _spelled.Clear();
        _places.Clear();
        if (Spellings.Count > SpellingsKept) Spellings.Clear();
        _ends.Clear();
        _widths.Clear();
        _steps = 0;
    }

    /// <summary>Replaces every token by <paramref name="map"/>[token].</summary>
    public void Renumber(ReadOnlySpan<int> map)
    {
        foreach (ref int token in CollectionsMarshal.AsSpan(_tokens)) token = map[token];
    }

    /// <summary>Returns the index of the first step of a sequence among the steps of all sequences.</summary>
    public long Start(int sequence) => sequence == 0 ? 0 : _ends[sequence - 1];

    private void AddMissing()
    {
        if (frameSize == 0) Add(SpecialTokens.Unknown);
        else Add(Enumerable.Repeat(float.NaN, frameSize).ToArray());
    }

    private void Shorten(long steps)
    {
        _steps = steps;
        if (frameSize == 0) CollectionsMarshal.SetCount(_tokens, (int)steps);
        else CollectionsMarshal.SetCount(_numbers, checked((int)(steps * frameSize)));
        if (keepTexts) CollectionsMarshal.SetCount(_spelled, (int)steps);
        if (keepPlaces) CollectionsMarshal.SetCount(_places, (int)steps);
    }
}
