using System.Runtime.InteropServices;

namespace MlNetRnn.Sequences;

/// <summary>
/// Many sequences in one flat list, no object per row: of token numbers, four bytes each, or of frames, four bytes a number; eight bytes
/// a sequence besides. Serves as the working set of a scoring cursor and as the training set alike.
/// </summary>
/// <param name="frameSize">The numbers of a frame; 0 for tokens.</param>
/// <param name="keepTexts">Whether the tokens' spelling is kept beside their numbers.</param>
internal sealed class SequenceStore(int frameSize = 0, bool keepTexts = false)
{
    private readonly List<int> _tokens = [];
    private readonly List<float> _numbers = [];
    private readonly List<string> _texts = [];
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

    /// <summary>The tokens of a sequence as they were spelled; empty for an empty sequence.</summary>
    public ReadOnlySpan<string> Texts(int sequence) => CollectionsMarshal.AsSpan(_texts)[(int)Start(sequence)..(int)_ends[sequence]];

    /// <summary>The steps of a sequence.</summary>
    public int Length(int sequence) => (int)(_ends[sequence] - Start(sequence));

    /// <summary>Adds a token to the sequence under way.</summary>
    public void Add(int token, ReadOnlySpan<char> text = default)
    {
        _tokens.Add(token);
        if (keepTexts) _texts.Add(text.ToString());
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
        if (OpenLength == 0)
        {
            if (frameSize == 0) Add(SpecialTokens.Unknown);
            else Add(Enumerable.Repeat(float.NaN, frameSize).ToArray());
        }
        _ends.Add(_steps);
    }

    public void Clear()
    {
        _tokens.Clear();
        _numbers.Clear();
        _texts.Clear();
        _ends.Clear();
        _steps = 0;
    }

    /// <summary>Replaces every token by <paramref name="map"/>[token].</summary>
    public void Renumber(ReadOnlySpan<int> map)
    {
        foreach (ref int token in CollectionsMarshal.AsSpan(_tokens)) token = map[token];
    }

    private long Start(int sequence) => sequence == 0 ? 0 : _ends[sequence - 1];
}
