namespace MlNetRnn.Training;

/// <summary>Independent seeds, derived from the seed of a run: random numbers for one purpose must not repeat those for another.</summary>
internal readonly record struct Seeds(int Run)
{
    /// <summary>Of the first weights.</summary>
    public ulong Weights => Derive(1);

    /// <summary>Of dropout in an epoch: each has its own, so that training can go on from the end of any.</summary>
    public ulong Dropout(int epoch) => Derive(2, epoch);

    /// <summary>Of the order of the rows in an epoch.</summary>
    public int Order(int epoch) => (int)Derive(3, epoch);

    /// <summary>Of the choice of the rows that are held out.</summary>
    public int HoldOut => (int)Derive(4);

    private ulong Derive(ulong purpose, int part = 0) => SplitMix64.Mix((uint)Run + ((ulong)(uint)part << 32) + purpose * SplitMix64.Increment);
}
