using MlNetRnn.Sequences;

namespace MlNetRnn.Translation;

/// <summary>Sources that are translated together, with their languages.</summary>
/// <param name="sequences">The sources.</param>
internal sealed class SourceSet(SequenceStore sequences)
{
    private readonly List<(int Source, int Target)> _languages = [];

    /// <summary>The sources.</summary>
    public SequenceStore Sequences => sequences;

    /// <summary>The number of sources.</summary>
    public int Count => sequences.Count;

    /// <summary>Sets the languages of the last source.</summary>
    /// <param name="source">The number of the source language.</param>
    /// <param name="target">The number of the target language.</param>
    public void SetLanguages(int source, int target)
    {
        while (_languages.Count < Count) _languages.Add(default);
        _languages[^1] = (source, target);
    }

    /// <summary>Returns the numbers of the languages of a source; 0 if they were not set.</summary>
    public (int Source, int Target) LanguagesOf(int row) => row < _languages.Count ? _languages[row] : default;

    /// <summary>Returns the number of steps of a source.</summary>
    public int Length(int row) => sequences.Length(row);

    public void Clear()
    {
        sequences.Clear();
        _languages.Clear();
    }

    public static implicit operator SourceSet(SequenceStore sequences) => new(sequences);
}
