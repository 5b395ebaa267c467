namespace MlNetRnn.RandomNumbers;

/// <summary>
/// The finalizer of SplitMix64 (Steele et al., 2014), which turns related numbers into unrelated ones, such as the seed of a run into the seeds of its
/// parts.
/// </summary>
internal static class SplitMix64
{
    /// <summary>2⁶⁴ divided by the golden ratio, the distance between successive states of the generator.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Returns 64 bits, each of which depends on every bit of the state.</summary>
    public static ulong Mix(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
