using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

/// <summary>Every sequence of tags there is, one by one: what the clever ways are held against.</summary>
internal static class Enumeration
{
    public static IEnumerable<int[]> Sequences(int tags, int steps)
    {
        var sequence = new int[steps];
        while (true)
        {
            yield return [.. sequence];
            int t = steps - 1;
            while (t >= 0 && ++sequence[t] == tags) sequence[t--] = 0;
            if (t < 0) yield break;
        }
    }

    /// <summary>All sequences of a chain with their probabilities, from the most probable on.</summary>
    public static (int[] Tags, double Probability)[] Of(LinearChainCrf chain, float[] emissions)
    {
        (int[] Tags, double Weight)[] all = [.. Sequences(chain.Tags, emissions.Length / chain.Tags).Select(tags => (tags, Math.Exp(chain.Score(emissions, tags))))];
        double sum = all.Sum(sequence => sequence.Weight);
        return [.. all.Select(sequence => (sequence.Tags, sequence.Weight / sum)).OrderByDescending(sequence => sequence.Item2)];
    }

    public static float[] Numbers(int seed, int count, float scale = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => scale * (2 * random.NextSingle() - 1))];
    }
}
