using MlNetRnn.Sequences;

namespace MlNetRnn.Batching;

/// <summary>The rows that a classifier learns from, as integers: the sequences and the class of each.</summary>
internal sealed class ExampleSet
{
    public SequenceStore Sequences { get; } = new();

    /// <summary>0-based classes.</summary>
    public List<int> Labels { get; } = [];

    public int Count => Labels.Count;

    /// <summary>Rows that were left out because their label is missing.</summary>
    public long WithoutLabel { get; set; }

    /// <summary>Rows that were cut at the maximum length.</summary>
    public long Cut { get; set; }
}
