namespace MlNetRnn.RandomNumbers;

/// <summary>
/// The random number generator SplitMix64 (Steele et al., 2014). Its state is one number, so that a stream can be stored and continued, which
/// <see cref="Random"/> does not allow. Not thread-safe.
/// </summary>
/// <param name="state">The state of a stream that is continued.</param>
internal struct RandomStream(ulong state)
{
    /// <summary>The state after the numbers that were drawn.</summary>
    public ulong State { get; private set; } = state;

    /// <summary>Returns one of many independent streams of a seed.</summary>
    public static RandomStream Create(ulong seed, long part) =>
        new(SplitMix64.Mix(SplitMix64.Mix(seed + SplitMix64.Increment) + (ulong)part * SplitMix64.Increment));

    /// <summary>Returns the next number, at least 0 and less than 1.</summary>
    public double Next()
    {
        State += SplitMix64.Increment;
        return (SplitMix64.Mix(State) >> 11) * (1.0 / (1UL << 53));
    }
}
