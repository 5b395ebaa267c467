using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

/// <summary>Enumerates all sequences of tags. The results of the algorithms are compared with it.</summary>
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

    /// <summary>Returns all sequences of a CRF with their probabilities, the most probable first.</summary>
    public static (int[] Tags, double Probability)[] Of(LinearChainCrf chain, float[] emissions)
    {
        IEnumerable<int[]> sequences = Sequences(chain.Tags, emissions.Length / chain.Tags);
        (int[] Tags, double Weight)[] all = [.. sequences.Select(tags => (tags, Math.Exp(chain.Score(emissions, tags))))];
        double sum = all.Sum(sequence => sequence.Weight);
        return [.. all.Select(sequence => (sequence.Tags, sequence.Weight / sum)).OrderByDescending(sequence => sequence.Item2)];
    }

    public static float[] Numbers(int seed, int count, float scale = 2)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => scale * (2 * random.NextSingle() - 1))];
    }
}
