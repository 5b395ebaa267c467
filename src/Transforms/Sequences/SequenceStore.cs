using System.Runtime.InteropServices;

namespace MlNetRnn.Sequences;

/// <summary>
/// Many sequences in one flat list, no object per row: of token numbers, four bytes each, or of frames, four bytes a number; eight bytes
/// a sequence besides. Serves as the working set of a scoring cursor and as the training set alike.
/// </summary>
/// <param name="frameSize">The numbers of a frame; 0 for tokens.</param>
/// <param name="keepTexts">Whether the tokens' spelling is kept beside their numbers.</param>
/// <param name="keepPlaces">Whether it is kept where in its text each token stands.</param>
internal sealed class SequenceStore(int frameSize = 0, bool keepTexts = false, bool keepPlaces = false)
{
    // A stream of rows has new spellings without end; those of so many are soon found again.
    private const int SpellingsKept = 100_000;

    private readonly List<int> _tokens = [];
    private readonly List<float> _numbers = [];
    private readonly List<int> _spelled = [];
    private readonly List<TextPlace> _places = [];
    private readonly List<long> _ends = [];
    private long _steps;

    /// <summary>The numbers of a frame; 0 where the steps are tokens.</summary>
    public int FrameSize => frameSize;

    /// <summary>How many sequences are complete.</summary>
    public int Count => _ends.Count;

    /// <summary>How many steps (tokens or frames) they have together.</summary>
    public long StepCount => _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>The token numbers of a sequence.</summary>
    public ReadOnlySpan<int> this[int sequence] => CollectionsMarshal.AsSpan(_tokens)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>The frames of a sequence, one after another.</summary>
    public ReadOnlySpan<float> Frames(int sequence) =>
        CollectionsMarshal.AsSpan(_numbers)[checked((int)(Start(sequence) * frameSize))..checked((int)(_ends[sequence] * frameSize))];

    /// <summary>Whether the spelling of the tokens is kept.</summary>
    public bool KeepsTexts => keepTexts;

    /// <summary>The different spellings; empty where they are not kept.</summary>
    public TextNumbers Spellings { get; } = new();

    /// <summary>Which of <see cref="Spellings"/> each token of a sequence has; the stand-in of an empty sequence is spelled "".</summary>
    public ReadOnlySpan<int> Spelled(int sequence) => CollectionsMarshal.AsSpan(_spelled)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>Where in its text each token of a sequence stands; the stand-in of an empty sequence is 0 long.</summary>
    public ReadOnlySpan<TextPlace> Places(int sequence) => CollectionsMarshal.AsSpan(_places)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>Sets the place of the token that is added next.</summary>
    public void AddPlace(int start, int length)
    {
        if (keepPlaces) _places.Add(new TextPlace(start, length));
    }

    /// <summary>The steps of a sequence.</summary>
    public int Length(int sequence) => (int)(_ends[sequence] - Start(sequence));

    /// <summary>Adds a token to the sequence under way.</summary>
    public void Add(int token, ReadOnlySpan<char> text = default)
    {
        _tokens.Add(token);
        if (keepPlaces && _places.Count < _tokens.Count) _places.Add(default);
        if (keepTexts) _spelled.Add(Spellings.NumberOf(text));
        _steps++;
    }

    /// <summary>Adds a frame to the sequence under way.</summary>
    /// <exception cref="InvalidOperationException">There are more numbers than an array can hold.</exception>
    public void Add(ReadOnlySpan<float> frame)
    {
        if (_numbers.Count > Array.MaxLength - frame.Length)
            throw new InvalidOperationException($"Frames: expected at most {Array.MaxLength:N0} numbers in all sequences together, got more. Use fewer rows, shorter ones (MaximumLength) or smaller frames.");
        _numbers.AddRange(frame);
        _steps++;
    }

    /// <summary>How many steps the sequence under way has.</summary>
    public int OpenLength => (int)(_steps - StepCount);

    /// <summary>Ends the sequence under way. An empty one gets one unknown token, or a frame of missing values: every row has a result.</summary>
    public void EndSequence()
    {
        if (OpenLength == 0) AddMissing();
        _ends.Add(_steps);
    }

    /// <summary>Takes the last sequence out again.</summary>
    public void RemoveLast()
    {
        long start = Start(Count - 1);
        _ends.RemoveAt(_ends.Count - 1);
        Shorten(start);
    }

    /// <summary>Brings the last sequence to a length: what is too long is cut, what is too short gets missing steps.</summary>
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
        _steps = 0;
    }

    /// <summary>Replaces every token by <paramref name="map"/>[token].</summary>
    public void Renumber(ReadOnlySpan<int> map)
    {
        foreach (ref int token in CollectionsMarshal.AsSpan(_tokens)) token = map[token];
    }

    /// <summary>Where the steps of a sequence begin among those of all.</summary>
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

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins, in UTF-16 characters.</param>
/// <param name="Length">How many UTF-16 characters it has.</param>
internal readonly record struct TextPlace(int Start, int Length)
{
    public int End => Start + Length;
}
