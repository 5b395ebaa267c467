using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Columns;

/// <summary>A writer that looks up tokens and adds their numbers to a store, up to the maximum length of a sequence.</summary>
internal sealed class TokenWriter(SequenceReading reading, ITokenIndex index, SequenceStore target)
{
    // A token does not contain a line feed unless it is one; thus a pair is never equal to a token.
    private const char BetweenPair = '\n';

    private readonly TokenForm _form = new(reading.LowerCase);
    private char[] _pair = new char[64];
    private int _length, _previous;

    /// <summary>Adds a token with its position in the text.</summary>
    public void Add(ReadOnlySpan<char> token, int start, int length)
    {
        if (_length < reading.MaximumLength) target.AddPlace(start, length);
        Add(token);
    }

    /// <summary>Adds a token.</summary>
    public void Add(ReadOnlySpan<char> token)
    {
        _length++;
        if (_length > reading.MaximumLength) return;
        ReadOnlySpan<char> form = _form.Of(token);
        target.Add(index.IndexOf(form), token);
        if (reading.WordBigrams) AddPair(form);
    }

    /// <summary>Ends the sequence.</summary>
    public ReadResult End()
    {
        target.EndSequence();
        var result = new ReadResult(_length > reading.MaximumLength ? ReadOutcome.Cut : ReadOutcome.Whole, _length);
        (_length, _previous) = (0, 0);
        return result;
    }

    private void AddPair(ReadOnlySpan<char> form)
    {
        int length = _previous + 1 + form.Length;
        if (_pair.Length < length) Array.Resize(ref _pair, length * 2);
        form.CopyTo(_pair.AsSpan(_previous + 1));
        _pair[_previous] = BetweenPair;
        if (_length > 1) target.Add(index.IndexOf(_pair.AsSpan(0, length)), _pair.AsSpan(0, length));
        form.CopyTo(_pair);
        _previous = form.Length;
    }
}
