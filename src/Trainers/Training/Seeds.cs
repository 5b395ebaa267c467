using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Training;

/// <summary>Independent seeds, derived from the seed of a run: random numbers for one purpose must not repeat those for another.</summary>
internal readonly record struct Seeds(int Run)
{
    /// <summary>Seed of the initial weights.</summary>
    public ulong Weights => Derive(1);

    /// <summary>Seed of dropout in an epoch. Each epoch has its own seed, so that training can resume after any epoch.</summary>
    public ulong Dropout(int epoch) => Derive(2, epoch);

    /// <summary>Seed of the order of the rows in an epoch.</summary>
    public int Order(int epoch) => (int)Derive(3, epoch);

    /// <summary>Seed of the choice of held-out rows.</summary>
    public int HoldOut => (int)Derive(4);

    private ulong Derive(ulong purpose, int part = 0) => SplitMix64.Mix((uint)Run + ((ulong)(uint)part << 32) + purpose * SplitMix64.Increment);
}
