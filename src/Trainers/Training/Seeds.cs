using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>
/// Independent seeds from the one of a run, by the finaliser of SplitMix64 (Steele et al., 2014): what is drawn for one purpose must not
/// repeat what was drawn for another.
/// </summary>
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

    private ulong Derive(ulong purpose, int part = 0)
    {
        ulong z = (uint)Run + ((ulong)(uint)part << 32) + purpose * 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
