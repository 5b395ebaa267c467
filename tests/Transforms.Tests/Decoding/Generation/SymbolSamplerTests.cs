using FsCheck;
using FsCheck.Xunit;
using MlNetRnn.Decoding;

namespace MlNetRnn.Transforms.Tests.Decoding;

public class SymbolSamplerTests
{
    private const int Symbols = 6;
    private static readonly RnnGenerationOptions Seeded = new() { Seed = 7, MaximumLength = 12 };

    private static GenerationStart[] Starts(params int[][] prompts) => [.. prompts.Select(prompt => new GenerationStart(prompt))];

    private static IReadOnlyList<GeneratedSequence> Generate(RnnGenerationOptions options, params int[][] prompts) =>
        new SymbolSampler(TabularModel.Random(Symbols, 1), options, Starts(prompts)).Finish();

    [Fact]
    public void The_same_seed_gives_the_same_symbols()
    {
        RnnGenerationOptions options = Seeded with { StopAtDocumentEnd = false };
        int[] first = Generate(options, [[]])[0].Symbols;
        Assert.Equal(first, Generate(options, [[]])[0].Symbols);
        Assert.NotEqual(first, Generate(options with { Seed = 8 }, [[]])[0].Symbols);
        Assert.NotEqual(
            Generate(options with { Seed = null, MaximumLength = 100 }, [[]])[0].Symbols,
            Generate(options with { Seed = null, MaximumLength = 100 }, [[]])[0].Symbols);
    }

    [Fact]
    public void A_row_does_not_depend_on_the_rows_beside_it()
    {
        int[][] prompts = [[2, 3, 4], [], [5], [3, 3, 3, 3, 3, 3]];
        RnnGenerationOptions options = Seeded with { RepetitionPenalty = 1.1f, NoRepeatNgramSize = 5 };
        IReadOnlyList<GeneratedSequence> together = Generate(options, prompts);
        Assert.True(together.Select(row => row.Symbols.Length).Distinct().Count() > 1);
        for (int row = 0; row < prompts.Length; row++)
        {
            GenerationStart[] start = Starts(prompts[row]);
            GeneratedSequence alone = new SymbolSampler(TabularModel.Random(Symbols, 1), options, start, streams: [row]).Finish()[0];
            Assert.Equal(alone.Symbols, together[row].Symbols);
            Assert.Equal(alone.LogProbabilities, together[row].LogProbabilities);
        }
    }

    [Fact]
    public void Equal_prompts_have_different_random_numbers()
    {
        IReadOnlyList<GeneratedSequence> rows = Generate(Seeded with { StopAtDocumentEnd = false }, [[2], [2], [2]]);
        Assert.Equal(3, rows.Select(row => string.Join(',', row.Symbols)).Distinct().Count());
    }

    [Fact]
    public void Temperature_0_takes_the_most_probable_symbol()
    {
        TabularModel model = TabularModel.Random(Symbols, 3);
        var options = new RnnGenerationOptions { Temperature = 0, MaximumLength = 20, StopAtDocumentEnd = false, AllowUnknown = true };
        int[] symbols = new SymbolSampler(model, options, Starts([2, 3])).Finish()[0].Symbols;
        Assert.Equal(20, symbols.Length);
        int[] all = [2, 3, .. symbols];
        for (int i = 2; i < all.Length; i++) Assert.Equal(ArgMax(model.After(all[i - 2], all[i - 1])), all[i]);

        static int ArgMax(ReadOnlySpan<float> values) => values.ToArray().Index().MaxBy(pair => pair.Item).Index;
    }

    [Fact]
    public void Log_probabilities_are_those_of_the_model()
    {
        TabularModel model = TabularModel.Random(Symbols, 3);
        RnnGenerationOptions options = Seeded with { Temperature = 0.3f, TopK = 3, RepetitionPenalty = 2 };
        GeneratedSequence row = new SymbolSampler(model, options, Starts([4])).Finish()[0];
        int[] all = [0, 4, .. row.Symbols];
        for (int i = 2; i < all.Length; i++) Assert.Equal(model.After(all[i - 2], all[i - 1])[all[i]], row.LogProbabilities[i - 2]);
        Assert.Equal(row.LogProbabilities.Sum(), row.Score, 1e-4);
    }

    [Fact]
    public void A_row_ends_at_the_boundary_or_at_the_maximum_length_and_is_removed()
    {
        TabularModel model = TabularModel.Random(Symbols, 1);
        var sampler = new SymbolSampler(model, Seeded, Starts([], [], [], []));
        IReadOnlyList<GeneratedSequence> rows = sampler.Finish();
        foreach (GeneratedSequence row in rows)
        {
            Assert.DoesNotContain(0, row.Symbols[..^1]);
            Assert.Equal(row.Symbols[^1] == 0 ? GenerationEnd.DocumentEnd : GenerationEnd.MaximumLength, row.End);
            Assert.True(row.End == GenerationEnd.DocumentEnd || row.Symbols.Length == 12);
        }
        // Each symbol but the last is read, after the boundary at the beginning.
        Assert.Equal(rows.Sum(row => row.Symbols.Length), model.ReadCount);
        Assert.Empty(sampler.Step());
    }

    [Fact]
    public void The_boundary_can_be_an_ordinary_symbol()
    {
        GeneratedSequence row = Generate(Seeded with { StopAtDocumentEnd = false, MaximumLength = 200 }, [[]])[0];
        Assert.Equal(200, row.Symbols.Length);
        Assert.Contains(0, row.Symbols[..^1]);
        Assert.Equal(GenerationEnd.MaximumLength, row.End);
    }

    [Fact]
    public void A_caller_stops_a_row()
    {
        RnnGenerationOptions options = Seeded with { StopAtDocumentEnd = false };
        IReadOnlyList<GeneratedSequence> rows = Generate(options, [[2], [3]]);
        int stop = rows[0].Symbols[3];
        IReadOnlyList<GeneratedSequence> stopped = new SymbolSampler(TabularModel.Random(Symbols, 1), options, Starts([2], [3]))
            .Finish(generated => generated[^1] == stop);
        int end = Array.IndexOf(rows[0].Symbols, stop) + 1;
        Assert.Equal(rows[0].Symbols[..end], stopped[0].Symbols);
        Assert.Equal(GenerationEnd.Stopped, stopped[0].End);
    }

    [Fact]
    public void A_row_without_an_allowed_symbol_ends_and_the_others_continue()
    {
        RnnGenerationOptions options = Seeded with
        {
            StopAtDocumentEnd = false,
            Constraint = (prompt, generated, scores) =>
            {
                if (prompt[0] == 2 && generated.Length == 2) scores.Fill(float.NegativeInfinity);
            },
        };
        var sampler = new SymbolSampler(TabularModel.Random(Symbols, 1), options, Starts([2], [3]), keepsStates: true);
        IReadOnlyList<GeneratedSequence> rows = sampler.Finish();
        Assert.Equal(GenerationEnd.NothingAllowed, rows[0].End);
        Assert.Equal([2, 12], rows.Select(row => row.Symbols.Length));
        var state = rows[0].State!;
        Assert.Contains("got none", Assert.Throws<ArgumentException>(() => Continue([])).Message);
        Continue([2]);

        SymbolSampler Continue(int[] prompt) => new(TabularModel.Random(Symbols, 1), options, [new GenerationStart(prompt, state)]);
    }

    [Fact]
    public void A_constraint_forbids_symbols()
    {
        RnnGenerationOptions options = Seeded with
        {
            MaximumLength = 200,
            StopAtDocumentEnd = false,
            Constraint = (_, generated, scores) => scores[generated.Length % 2 == 0 ? 3 : 0] = float.NegativeInfinity,
        };
        GeneratedSequence row = Generate(options, [[]])[0];
        Assert.All(row.Symbols.Index(), pair => Assert.NotEqual(pair.Index % 2 == 0 ? 3 : 0, pair.Item));
        Assert.Contains(3, row.Symbols);
        Assert.DoesNotContain(1, row.Symbols);
    }

    [Property]
    public void Continuing_equals_generating_without_interruption(int seed, byte first, bool isFiltered)
    {
        RnnGenerationOptions options = new()
        {
            Seed = seed,
            MaximumLength = 30,
            StopAtDocumentEnd = false,
            RepetitionPenalty = isFiltered ? 1.3f : 1,
            NoRepeatNgramSize = isFiltered ? 4 : 0,
        };
        int[][] prompts = [[2, 3], []];
        IReadOnlyList<GeneratedSequence> whole = Generate(options, prompts);
        int part = 1 + first % 29;
        IReadOnlyList<GeneratedSequence> begun =
            new SymbolSampler(TabularModel.Random(Symbols, 1), options with { MaximumLength = part }, Starts(prompts), keepsStates: true).Finish();
        GenerationStart[] starts = [.. begun.Select(row => new GenerationStart([], GenerationState.FromBytes(row.State!.ToBytes())))];
        IReadOnlyList<GeneratedSequence> rest =
            new SymbolSampler(TabularModel.Random(Symbols, 1), options with { MaximumLength = 30 - part }, starts).Finish();
        for (int row = 0; row < 2; row++) Assert.Equal(whole[row].Symbols, begun[row].Symbols.Concat(rest[row].Symbols));
    }

    [Fact]
    public void Rows_that_ended_early_keep_their_states_if_required()
    {
        SymbolSampler Sampler(bool keepsStates) =>
            new(TabularModel.Random(Symbols, 1), Seeded with { MaximumLength = 40 }, Starts([], [], [], []), keepsStates);
        IReadOnlyList<GeneratedSequence> rows = Sampler(true).Finish();
        Assert.All(rows, row => Assert.Equal(row.Symbols[^1..], row.State!.Pending));
        SymbolSampler without = Sampler(false);
        without.Finish();
        int early = rows.Index().MinBy(pair => pair.Item.Symbols.Length).Index;
        Assert.Contains("not kept", Assert.Throws<InvalidOperationException>(() => without.Save(early)).Message);
    }

    [Fact]
    public void A_canceled_generation_can_be_continued()
    {
        RnnGenerationOptions options = Seeded with { StopAtDocumentEnd = false };
        int[] prompt = [.. Enumerable.Range(0, 1000).Select(i => i % Symbols)];
        int[] expected = Generate(options, [prompt])[0].Symbols;
        var sampler = new SymbolSampler(TabularModel.Random(Symbols, 1), options, Starts(prompt));
        Assert.Throws<OperationCanceledException>(() => sampler.Step(new CancellationToken(true)));
        List<int> symbols = [sampler.Step()[0].Symbol];
        Assert.Throws<OperationCanceledException>(() => sampler.Step(new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => sampler.Finish(cancellation: new CancellationToken(true)));
        symbols.AddRange(sampler.Finish()[0].Symbols);
        Assert.Equal(expected, symbols);
    }

    [Fact]
    public void Cancellation_ends_a_long_generation()
    {
        using var source = new CancellationTokenSource();
        var sampler = new SymbolSampler(TabularModel.Random(Symbols, 1), Seeded with { MaximumLength = int.MaxValue, StopAtDocumentEnd = false }, Starts([[]]));
        int count = 0;
        Assert.Throws<OperationCanceledException>(() => sampler.Finish(_ =>
        {
            if (++count == 50) source.Cancel();
            return false;
        }, source.Token));
        Assert.Equal(50, count);
    }

    [Fact]
    public void A_damaged_model_ends_generation_for_good()
    {
        float[] table = new float[27];
        table.AsSpan().Fill(float.NaN);
        var sampler = new SymbolSampler(new TabularModel(3, table), Seeded, Starts([[]]));
        Assert.Contains("The model is damaged", Assert.Throws<InvalidOperationException>(() => sampler.Step()).Message);
        Assert.Contains("An earlier step failed", Assert.Throws<InvalidOperationException>(() => sampler.Step()).Message);
        Assert.Throws<InvalidOperationException>(() => sampler.Save(0));
    }

    [Fact]
    public void Symbols_of_another_vocabulary_are_refused() =>
        Assert.Contains("expected symbols from 0 to 5, got 6", Assert.Throws<ArgumentException>(() => Generate(Seeded, [[2, 6]])).Message);

    [Fact]
    public void The_state_of_another_model_is_refused()
    {
        var state = new GenerationState(new byte[3], [2], [], 1);
        Assert.Throws<FormatException>(() => new SymbolSampler(TabularModel.Random(Symbols, 1), Seeded, [new GenerationStart([], state)]));
    }

    [Fact]
    public void No_prompts_give_no_rows() => Assert.Empty(Generate(Seeded));

    [Fact]
    public void Steps_allocate_nothing_but_the_history()
    {
        RnnGenerationOptions options = Seeded with { StopAtDocumentEnd = false, MaximumLength = 3000, TopP = 0.9f };
        var sampler = new SymbolSampler(TabularModel.Random(Symbols, 1), options, Starts([2], [3]));
        for (int i = 0; i < 100; i++) sampler.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) sampler.Step();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }
}
