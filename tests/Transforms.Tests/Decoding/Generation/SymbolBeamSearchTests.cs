using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class SymbolBeamSearchTests
{
    private static readonly RnnGenerationOptions Beam = new() { BeamWidth = 4, MaximumLength = 10, AllowUnknown = true };

    private static IReadOnlyList<GeneratedSequence> Find(INextSymbols model, RnnGenerationOptions options, params int[] prompt) =>
        new SymbolBeamSearch(model, options).Find(new GenerationStart(prompt));

    /// <summary>Enumerates every sequence of at most this length that symbol 0 or the maximum length ends, with its log-probability.</summary>
    private static IEnumerable<(int[] Symbols, double Score)> All(TabularModel model, int[] prompt, int steps)
    {
        return From([], 0);

        IEnumerable<(int[], double)> From(int[] symbols, double score)
        {
            if (symbols.Length == steps || symbols is [.., 0])
            {
                yield return (symbols, score);
                yield break;
            }
            int[] all = [0, 0, .. prompt, .. symbols];
            float[] next = model.After(all[^2], all[^1]).ToArray();
            for (int symbol = 0; symbol < next.Length; symbol++)
                foreach ((int[], double) sequence in From([.. symbols, symbol], score + next[symbol])) yield return sequence;
        }
    }

    [Property(MaxTest = 300)]
    public void A_beam_that_keeps_all_beginnings_finds_the_best_of_all_sequences(int seed, byte length, byte penalty, byte spread, byte count)
    {
        int steps = 1 + length % 6;
        double alpha = penalty % 5 * 0.5;
        TabularModel model = TabularModel.Random(3, seed, spread % 5);
        RnnGenerationOptions options = Beam with
        {
            BeamWidth = 1000,
            MaximumLength = steps,
            LengthPenalty = (float)alpha,
            NBest = 1 + count % 8,
        };
        (int[] Symbols, double Score)[] expected =
        [
            .. All(model, [2], steps)
                .Select(all => (all.Symbols, all.Score * Math.Pow(6.0 / (5 + all.Symbols.Length), alpha)))
                .OrderByDescending(all => all.Item2),
        ];
        IReadOnlyList<GeneratedSequence> found = Find(model, options, 2);
        Assert.Equal(Math.Min(options.NBest, expected.Length), found.Count);
        Dictionary<string, double> scores = expected.ToDictionary(all => string.Join(',', all.Symbols), all => all.Score);
        for (int i = 0; i < found.Count; i++)
        {
            Assert.Equal(expected[i].Score, found[i].Score, 1e-9);
            // Sequences of equal probability may come in any order. Each occurs once.
            Assert.True(scores.Remove(string.Join(',', found[i].Symbols), out double score));
            Assert.Equal(score, found[i].Score, 1e-9);
        }
    }

    [Property]
    public void Width_1_is_greedy(int seed)
    {
        RnnGenerationOptions greedy = new() { Temperature = 0, MaximumLength = 10, AllowUnknown = true };
        GeneratedSequence expected = new SymbolSampler(TabularModel.Random(5, seed), greedy, [new GenerationStart([3, 2])]).Finish()[0];
        GeneratedSequence found = Assert.Single(Find(TabularModel.Random(5, seed), Beam with { BeamWidth = 1 }, 3, 2));
        Assert.Equal(expected.Symbols, found.Symbols);
        Assert.Equal(expected.End, found.End);
        Assert.Equal(expected.LogProbabilities, found.LogProbabilities, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Property]
    public void The_n_best_are_sorted_and_distinct(int seed, byte penalty)
    {
        IReadOnlyList<GeneratedSequence> found =
            Find(TabularModel.Random(5, seed), Beam with { BeamWidth = 12, NBest = 10, LengthPenalty = penalty % 3 });
        Assert.Equal(10, found.Count);
        Assert.Equal(found.OrderByDescending(sequence => sequence.Score), found);
        Assert.Equal(10, found.Select(sequence => string.Join(',', sequence.Symbols)).Distinct().Count());
    }

    [Property]
    public void Log_probabilities_are_those_of_the_model(int seed)
    {
        TabularModel model = TabularModel.Random(5, seed);
        RnnSymbolConstraint lower = (_, _, scores) => scores[2] -= 1;
        foreach (GeneratedSequence found in Find(model, Beam with { NBest = 3, RepetitionPenalty = 1.5f, Constraint = lower }))
        {
            int[] all = [0, 0, .. found.Symbols];
            for (int i = 2; i < all.Length; i++) Assert.Equal(model.After(all[i - 2], all[i - 1])[all[i]], found.LogProbabilities[i - 2], 1e-5);
            // The search maximizes what the filters left.
            Assert.True(found.Score <= found.LogProbabilities.Sum() + 1e-4);
        }
    }

    [Fact]
    public void The_length_penalty_prefers_long_sequences()
    {
        // The end at once has the probability 0.3; each other symbol, 0.35.
        TabularModel model = TabularModel.Constant(0.3, 0.35, 0.35);
        Assert.Equal([0], Find(model, Beam with { MaximumLength = 6 })[0].Symbols);
        Assert.Equal(6, Find(model, Beam with { MaximumLength = 6, LengthPenalty = 5 })[0].Symbols.Length);
        // (5 + 6) / 6 by hand.
        GeneratedSequence end = Find(model, Beam with { MaximumLength = 6, LengthPenalty = 0.5f, BeamWidth = 3, NBest = 3 }).First(s => s.Symbols is [0]);
        Assert.Equal(Math.Log(0.3) / Math.Pow(6 / 6.0, 0.5), end.Score, 1e-6);
    }

    [Fact]
    public void The_search_ends_when_nothing_better_can_come()
    {
        TabularModel model = TabularModel.Constant(0.9, 0.05, 0.05);
        Assert.Equal([0], Find(model, Beam with { MaximumLength = 1_000_000 })[0].Symbols);
        Assert.InRange(model.Steps, 1, 2);
    }

    [Fact]
    public void The_search_continues_while_a_longer_sequence_may_be_better()
    {
        // The end at once is the most probable first symbol; after 2, another 2 is nearly certain.
        float[] table = [.. Enumerable.Range(0, 9).SelectMany(i => (float[])(i % 3 == 2 ? [-12, -12, -1e-5f] : [-0.69f, -3, -0.80f]))];
        RnnGenerationOptions options = Beam with { BeamWidth = 2, MaximumLength = 6, LengthPenalty = 1 };
        Assert.Equal([2, 2, 2, 2, 2, 2], Find(new TabularModel(3, table), options)[0].Symbols);
        Assert.Equal([0], Find(new TabularModel(3, table), options with { LengthPenalty = 0 })[0].Symbols);
    }

    [Fact]
    public void A_beam_may_be_wider_than_the_vocabulary()
    {
        IReadOnlyList<GeneratedSequence> found = Find(TabularModel.Random(3, 1), Beam with { BeamWidth = 500, NBest = 500, MaximumLength = 2 });
        Assert.Equal(All(TabularModel.Random(3, 1), [], 2).Count(), found.Count);
    }

    [Property]
    public void No_n_gram_occurs_twice(int seed)
    {
        RnnGenerationOptions options = Beam with { NoRepeatNgramSize = 2, MaximumLength = 15, NBest = 4, StopAtDocumentEnd = false };
        foreach (GeneratedSequence found in Find(TabularModel.Random(5, seed, 4), options, 2, 3))
        {
            int[] all = [2, 3, .. found.Symbols];
            (int, int)[] pairs = [.. all.Zip(all.Skip(1)).Where(pair => pair.Second != 0)];
            Assert.Equal(pairs.Length, pairs.Distinct().Count());
        }
    }

    [Fact]
    public void A_constraint_forbids_and_may_leave_nothing()
    {
        RnnSymbolConstraint only2And3 = (prompt, generated, scores) =>
        {
            Assert.Equal([4], prompt.ToArray());
            for (int symbol = 0; symbol < scores.Length; symbol++)
                if (symbol != 2 + generated.Length % 2) scores[symbol] = float.NegativeInfinity;
        };
        IReadOnlyList<GeneratedSequence> found = Find(TabularModel.Random(5, 1), Beam with { MaximumLength = 5, NBest = 4, Constraint = only2And3 }, 4);
        Assert.Equal([2, 3, 2, 3, 2], Assert.Single(found).Symbols);
        RnnSymbolConstraint nothing = (_, _, scores) => scores.Fill(float.NegativeInfinity);
        GeneratedSequence none = Assert.Single(Find(TabularModel.Random(5, 1), Beam with { Constraint = nothing }));
        Assert.Equal((0, GenerationEnd.NothingAllowed, 0.0), (none.Symbols.Length, none.End, none.Score));
    }

    [Fact]
    public void A_sequence_ends_where_the_caller_stops_it()
    {
        var options = Beam with { NBest = 4, StopAtDocumentEnd = false, StopSequences = ["c"] };
        var search = new SymbolBeamSearch(TabularModel.Random(5, 2), options);
        IReadOnlyList<GeneratedSequence> found = search.Find(new GenerationStart([]), path => path.Symbol == 3);
        Assert.Contains(found, sequence => sequence.End == GenerationEnd.Stopped);
        Assert.All(found, sequence => Assert.DoesNotContain(3, sequence.Symbols[..^1]));
        Assert.All(found, sequence => Assert.Equal(sequence.Symbols[^1] == 3, sequence.End == GenerationEnd.Stopped));
        Assert.Throws<ArgumentNullException>("stops", () => search.Find(new GenerationStart([])));
    }

    [Fact]
    public void A_search_does_not_depend_on_the_search_before()
    {
        var search = new SymbolBeamSearch(TabularModel.Random(6, 2), Beam with { NBest = 3 });
        IReadOnlyList<GeneratedSequence> first = search.Find(new GenerationStart([2, 3, 4]));
        search.Find(new GenerationStart([5]));
        Assert.Equal(first.Select(s => s.Symbols), search.Find(new GenerationStart([2, 3, 4])).Select(s => s.Symbols));
    }

    [Fact]
    public void A_found_sequence_can_be_continued()
    {
        RnnGenerationOptions options = Beam with { BeamWidth = 1, MaximumLength = 8, StopAtDocumentEnd = false, NoRepeatNgramSize = 4 };
        GeneratedSequence whole = Find(TabularModel.Random(6, 2), options, 2, 3)[0];
        GeneratedSequence begun = Find(TabularModel.Random(6, 2), options with { MaximumLength = 3 }, 2, 3)[0];
        GenerationState state = GenerationState.FromBytes(begun.State!.ToBytes());
        var search = new SymbolBeamSearch(TabularModel.Random(6, 2), options with { MaximumLength = 5 });
        Assert.Equal(whole.Symbols, begun.Symbols.Concat(search.Find(new GenerationStart([], state))[0].Symbols));
    }

    [Fact]
    public void Cancellation_ends_a_search()
    {
        using var source = new CancellationTokenSource();
        int steps = 0;
        RnnGenerationOptions options = Beam with { MaximumLength = 1_000_000, StopAtDocumentEnd = false, BeamWidth = 1 };
        Assert.Throws<OperationCanceledException>(() => new SymbolBeamSearch(TabularModel.Random(5, 1), options).Find(new GenerationStart([]), _ =>
        {
            if (++steps == 20) source.Cancel();
            return false;
        }, source.Token));
        Assert.Equal(20, steps);
    }

    [Fact]
    public void A_damaged_model_is_reported()
    {
        float[] table = [.. Enumerable.Repeat(-1f, 27)];
        table[^1] = float.NaN; // after 2, 2
        RnnGenerationOptions options = Beam with { BeamWidth = 9, StopAtDocumentEnd = false };
        Assert.Contains("The model is damaged", Assert.Throws<InvalidOperationException>(() => Find(new TabularModel(3, table), options, 2)).Message);
    }

    [Fact]
    public void Options_without_a_beam_and_beams_that_need_too_much_memory_are_refused()
    {
        Assert.Contains("BeamWidth: expected 1 or more", Assert.Throws<ArgumentException>(() => Find(TabularModel.Random(3, 1), new())).Message);
        Assert.Contains(
            "BeamWidth: expected 0 to 100000, got 2147483647",
            Assert.Throws<ArgumentException>(() => Find(TabularModel.Random(3, 1), Beam with { BeamWidth = int.MaxValue })).Message);
    }
}
