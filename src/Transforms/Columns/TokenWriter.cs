using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>Looks tokens up and adds their numbers to a store, up to the maximum length of a sequence.</summary>
internal sealed class TokenWriter(SequenceReading reading, ITokenIndex index, SequenceStore target)
{
    private readonly TokenForm _form = new(reading.LowerCase);
    private bool _cut;

    public void Add(ReadOnlySpan<char> token)
    {
        if (target.OpenLength < reading.MaximumLength) target.Add(index.IndexOf(_form.Of(token)));
        else _cut = true;
    }

    /// <summary>Ends the sequence; false where it was cut.</summary>
    public bool End()
    {
        target.EndSequence();
        bool whole = !_cut;
        _cut = false;
        return whole;
    }
}
