using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.Symbols;

namespace MlNetRnn.Transforms.Tests.Symbols;

public class MergeLearnerTests
{
    /// <summary>Few letters, so that pairs overlap and are equally frequent.</summary>
    private static Arbitrary<string> Repetitive() => Arb.From(Gen.Elements('a', 'a', 'b', 'c', ' ', 'é').ArrayOf().Select(letters => new string(letters)));

    [Property(MaxTest = 500)]
    public Property The_merges_are_those_of_counting_again_for_each_merge() => Prop.ForAll(Repetitive(), Arb.From(Gen.Choose(1, 4)), (text, minimumCount) =>
    {
        var learner = new MergeLearner(Counts(text));
        IReadOnlyList<int[]> fast = learner.Learn(20, minimumCount, default);
        IReadOnlyList<int[]> slow = SlowMerges.Learn([text], 20, Math.Max(2, minimumCount));
        return fast.Count == slow.Count && fast.Zip(slow).All(pair => pair.First.SequenceEqual(pair.Second))
            && Counts(text).Select((piece, i) => learner[i].ToArray().SequenceEqual(SlowMerges.Encode(piece.Text, slow))).All(isEqual => isEqual);
    });

    [Fact]
    public void Equally_frequent_pairs_are_merged_from_the_smallest_on()
    {
        IReadOnlyList<int[]> merges = new MergeLearner([("cd", 3), ("ab", 3), ("ad", 3)]).Learn(10, 1, default);
        Assert.Equal([[Symbol('a'), Symbol('b')], [Symbol('a'), Symbol('d')], [Symbol('c'), Symbol('d')]], merges);
    }

    private static int Symbol(char character) => SubwordMerges.SymbolOf((byte)character);

    private static List<(string Text, long Count)> Counts(string text)
    {
        var counts = new TextCounts();
        for (int at = 0, length; at < text.Length; at += length) counts.Add(text.AsSpan(at, length = SubwordPieces.NextLength(text.AsSpan(at))));
        return [.. counts.FromFrequentToRare()];
    }
}
