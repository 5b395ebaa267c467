namespace MlNetRnn.MLNetBridge;

/// <summary>A block of input rows, with their outputs, which are computed on first use.</summary>
internal interface IRowBlock
{
    /// <summary>Removes all rows.</summary>
    void Clear();

    /// <summary>Reads the current row of the source.</summary>
    void Read();

    /// <summary>Whether no row should be added. Never true for an empty block.</summary>
    bool IsFull { get; }

    /// <summary>Creates a ValueGetter of an output. It returns the value of the row whose number <paramref name="current"/> returns.</summary>
    Delegate CreateGetter(int output, Func<int> current);
}
