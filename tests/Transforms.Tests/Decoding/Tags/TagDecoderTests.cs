using FsCheck.Xunit;
using MlNetRnn.Decoding;
using MlNetRnn.Tags;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class TagDecoderTests
{
    private const int Units = 3;
    private static readonly string[] Iob2 = ["O", "B-A", "I-A", "B-B", "I-B"], Iobes = ["O", "B-A", "I-A", "E-A", "S-A", "S-B"];

    /// <summary>Computes log P of a sequence in which each tag depends on the k tags before it, directly from the definition.</summary>
    private static double LogProbability(float[] emissions, float[] previous, float[] scores, int tags, int order, int[] sequence)
    {
        double sum = 0;
        for (int t = 0; t < sequence.Length; t++)
        {
            double[] units = [.. Enumerable.Range(0, Units).Select(u => (double)emissions[t * Units + u])];
            for (int k = 0; k < order; k++)
                for (int u = 0; u < Units; u++) units[u] += previous[(k * (tags + 1) + (t - k - 1 < 0 ? tags : sequence[t - k - 1])) * Units + u];
            double Logit(int j) => Enumerable.Range(0, Units).Sum(u => Math.Tanh(units[u]) * scores[j * (Units + 1) + u]) + scores[j * (Units + 1) + Units];
            double[] logits = [.. Enumerable.Range(0, tags).Select(Logit)];
            sum += logits[sequence[t]] - Math.Log(logits.Sum(Math.Exp));
        }
        return sum;
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(2, 1)]
    public void A_wide_beam_finds_the_best_of_all_sequences(int order, int steps)
    {
        const int Tags = 3;
        float[] previous = Enumeration.Numbers(5, order * (Tags + 1) * Units), scores = Enumeration.Numbers(6, Tags * (Units + 1), 3);
        float[] emissions = Enumeration.Numbers(7, steps * Units);
        (int[] Tags, double LogProbability)[] all =
        [
            .. Enumeration.Sequences(Tags, steps)
                .Select(tags => (tags, LogProbability(emissions, previous, scores, Tags, order, tags)))
                .OrderByDescending(pair => pair.Item2),
        ];
        TagDecoding decoding = new PreviousTagsDecoder(Tags, previous, scores, width: 100, rules: null).Decode(emissions);
        Assert.Equal(all[0].Tags, decoding.Tags);
        IReadOnlyList<TagSequence> best = decoding.Best(3);
        Assert.Equal(all.Take(3).Select(pair => pair.Tags), best.Select(sequence => sequence.Tags));
        Assert.Equal(
            all.Take(3).Select(pair => Math.Exp(pair.LogProbability)),
            best.Select(sequence => sequence.Probability),
            (a, b) => Math.Abs(a - b) < 1e-5);
        // The product of the confidences of the steps, each given the tags before it, is the probability of the sequence.
        double product = Enumerable.Range(0, steps).Aggregate(1.0, (value, t) => value * decoding.Confidence(t));
        Assert.Equal(best[0].Probability, product, 1e-5);
    }

    [Fact]
    public void A_beam_of_one_takes_the_most_probable_tag_of_each_step()
    {
        const int Tags = 3;
        float[] previous = Enumeration.Numbers(8, (Tags + 1) * Units), scores = Enumeration.Numbers(9, Tags * (Units + 1), 3);
        float[] emissions = Enumeration.Numbers(10, 6 * Units);
        TagDecoding decoding = new PreviousTagsDecoder(Tags, previous, scores, width: 1, rules: null).Decode(emissions);
        int[] greedy = [];
        for (int t = 0; t < 6; t++)
            greedy = [.. greedy, Enumerable.Range(0, Tags).MaxBy(tag => LogProbability(emissions, previous, scores, Tags, 1, [.. greedy, tag]))];
        Assert.Equal(greedy, decoding.Tags);
        Assert.Equal(greedy, Assert.Single(decoding.Best(3)).Tags);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_finite_still_give_tags(float score)
    {
        float[] previous = Enumeration.Numbers(8, (Iob2.Length + 1) * Units), scores = Enumeration.Numbers(9, Iob2.Length * (Units + 1), 3);
        var decoder = new PreviousTagsDecoder(Iob2.Length, previous, scores, width: 3, TagScheme.Of(Iob2));
        Assert.Equal(2, decoder.Decode([1, 2, 3, score, score, score]).Tags.Length);
        scores[^1] = score;
        decoder = new PreviousTagsDecoder(Iob2.Length, previous, scores, width: 3, TagScheme.Of(Iob2));
        Assert.Equal(2, decoder.Decode([1, 2, 3, 4, 5, 6]).Tags.Length);
    }

    [Fact]
    public void Without_transitions_steps_are_independent()
    {
        float[] emissions = [1, 2, 3, 5, 5, 0];
        TagDecoding decoding = new CrfDecoder(3, [], null).Decode(emissions);
        Assert.Equal([2, 0], decoding.Tags);
        Assert.Equal(Math.Exp(3) / (Math.Exp(1) + Math.Exp(2) + Math.Exp(3)), decoding.Confidence(0), 1e-6);
        IReadOnlyList<TagSequence> best = decoding.Best(2);
        Assert.Equal([[2, 0], [2, 1]], best.Select(sequence => sequence.Tags));
        Assert.Equal(decoding.Confidence(0) * decoding.Confidence(1), best[0].Probability, 1e-6);
    }

    /// <summary>The predictions of every decoder follow the rules, for any output of the network and any length.</summary>
    [Property(MaxTest = 300)]
    public void Predictions_never_break_the_rules(int seed, byte length, bool isIobes, bool isWild)
    {
        string[] names = isIobes ? Iobes : Iob2;
        TagScheme rules = TagScheme.Of(names)!;
        int steps = 1 + length % 30;
        float scale = isWild ? 500 : 2;
        float[] emissions = Enumeration.Numbers(seed, steps * names.Length, scale);
        float[] transitions = Enumeration.Numbers(seed + 1, (names.Length + 2) * names.Length, scale);
        float[] previous = Enumeration.Numbers(seed + 2, 2 * (names.Length + 1) * Units);
        float[] scores = Enumeration.Numbers(seed + 3, names.Length * (Units + 1), scale);
        TagDecoder[] decoders =
        [
            new CrfDecoder(names.Length, [], rules), new CrfDecoder(names.Length, transitions, rules),
            new PreviousTagsDecoder(names.Length, previous, scores, 1, rules), new PreviousTagsDecoder(names.Length, previous, scores, 5, rules),
        ];
        foreach (TagDecoder decoder in decoders)
        {
            TagDecoding decoding = decoder.Decode(decoder is CrfDecoder ? emissions : emissions[..(steps * Units)]);
            Assert.Equal(steps, decoding.Tags.Length);
            Assert.True(rules.Allows(decoding.Tags), string.Join(' ', decoding.Tags.Select(tag => names[tag])));
            foreach (TagSequence sequence in decoding.Best(4)) Assert.True(rules.Allows(sequence.Tags));
            for (int t = 0; t < steps; t++) Assert.InRange(decoding.Confidence(t), 0, 1 + 1e-4f);
        }
    }

    [Fact]
    public void Predicts_tags_even_if_no_sequence_follows_the_rules()
    {
        TagScheme rules = TagScheme.Of(["B-A", "E-A"])!;          // a span of one step has no tag
        float[] emissions = [1, 2];
        Assert.Equal([1], new CrfDecoder(2, [], rules).Decode(emissions).Tags);
        Assert.Equal([1], new CrfDecoder(2, new float[8], rules).Decode(emissions).Tags);
        Assert.Single(new PreviousTagsDecoder(2, new float[3 * Units], Enumeration.Numbers(1, 2 * (Units + 1)), 1, rules).Decode([1, 2, 3]).Tags);
    }

    [Fact]
    public void Predicts_tags_even_if_the_network_returns_NaN()
    {
        float[] emissions = [float.NaN, float.NaN, 1, float.NaN];
        TagDecoder[] decoders =
        [
            new CrfDecoder(2, [], null), new CrfDecoder(2, new float[8], null), new CrfDecoder(2, new float[8], TagScheme.Of(["O", "B"])),
            new PreviousTagsDecoder(2, new float[6], new float[6], 2, null),
        ];
        foreach (TagDecoder decoder in decoders)
        {
            TagDecoding decoding = decoder.Decode(emissions);
            Assert.Equal(2, decoding.Tags.Length);
            Assert.All(decoding.Tags, tag => Assert.InRange(tag, 0, 1));
            // NaN counts as 0: every probability is from 0 to 1.
            for (int step = 0; step < 2; step++) Assert.InRange(decoding.Confidence(step), 0f, 1f);
            TagSequence[] best = [.. decoding.Best(2)];
            Assert.InRange(best.Length, 1, 2);
            Assert.All(best, sequence => Assert.InRange(sequence.Probability, 0, 1));
            Assert.Equal(decoding.Tags, best[0].Tags);
            Assert.Equal(best.Length, best.DistinctBy(sequence => string.Join(' ', sequence.Tags)).Count());
        }
    }
}
