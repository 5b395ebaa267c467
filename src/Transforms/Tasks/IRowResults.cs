using MlNetRnn.Networks;
using MlNetRnn.Sequences;

namespace MlNetRnn.Tasks;

/// <summary>The results for the rows of a block.</summary>
internal interface IRowResults
{
    /// <summary>The values of the network outputs, in the order of <see cref="RnnTask.NetworkOutputs"/>. Computed on first use.</summary>
    RowValues[] Values { get; }

    /// <summary>The constants of the network, in the order of <see cref="RnnTask.NetworkConstants"/>.</summary>
    IReadOnlyList<float[]> Constants { get; }

    /// <summary>Returns the tokens of a row in their original spelling; available if <see cref="RnnTask.NeedsTexts"/> is true.</summary>
    IReadOnlyList<string> Texts(int row);

    /// <summary>Returns the positions of the tokens of a row in its text; available if <see cref="RnnTask.NeedsPlaces"/> is true.</summary>
    ReadOnlySpan<TextPlace> Places(int row);

    /// <summary>Returns the number of steps of a row before truncation to the maximum length; 0 for an empty row.</summary>
    int Length(int row);

    /// <summary>Returns a storage location for an intermediate result of a row, which the columns of a task share.</summary>
    ref object? Kept(int row);
}
