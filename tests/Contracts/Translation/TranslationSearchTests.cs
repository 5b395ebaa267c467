using Google.Protobuf;
using Microsoft.ML;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>The search for translations: beams, penalties, filters, random symbols, cancellation.</summary>
public class TranslationSearchTests : TranslationCase
{
    private RnnTranslator Own => Translator(Trained);

    [Fact]
    public void The_best_translations_are_sorted_and_distinct()
    {
        foreach (float penalty in new[] { 0f, 1 })
        {
            var options = new RnnTranslationDecodingOptions { BeamWidth = 6, NBest = 6, LengthPenalty = penalty };
            foreach (IReadOnlyList<RnnTranslation> found in Own.TranslateMany(Sources, options))
            {
                Assert.Equal(6, found.Count);
                Assert.Equal(found.Select(one => one.Score).OrderDescending(), found.Select(one => one.Score));
                Assert.Equal(6, found.Select(one => string.Join('|', one.Symbols)).Distinct().Count());
                Assert.All(found, one => Assert.Equal(
                    one.LogProbabilities.Sum(value => (double)value) * Math.Pow(6.0 / (5 + one.Symbols.Count), penalty), one.Score, 1e-4));
            }
        }
    }

    [Fact]
    public void The_score_of_a_translation_is_that_of_forced_decoding()
    {
        var options = new RnnTranslationDecodingOptions { BeamWidth = 4, LengthPenalty = 0 };
        RnnTranslation[] found = [.. Own.TranslateMany(Sources, options).Select(all => all[0])];
        IReadOnlyList<RnnTranslation> scored = Own.Score(Sources, [.. found.Select(one => one.Text)]);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.Equal(RnnGenerationEnd.DocumentEnd, found[i].End);
            Assert.Equal(found[i].Symbols, scored[i].Symbols);
            Assert.Equal(found[i].Score, scored[i].Score, 1e-4);
            Assert.Equal(found[i].Score, found[i].LogProbabilities.Sum(value => (double)value), 1e-4);
            for (int t = 0; t < found[i].Symbols.Count; t++)
            {
                Assert.Equal(found[i].LogProbabilities[t], scored[i].LogProbabilities[t], 1e-4);
                Assert.Equal(1, found[i].Attention[t].Sum(), 1e-5);
                Assert.Equal(found[i].SourceSymbols.Count, found[i].Attention[t].Count);
                for (int s = 0; s < found[i].Attention[t].Count; s++) Assert.Equal(found[i].Attention[t][s], scored[i].Attention[t][s], 1e-4);
            }
        }
    }

    [Fact]
    public void The_coverage_penalty_is_added_to_the_score_and_determines_the_order()
    {
        const float Penalty = 3;
        var options = new RnnTranslationDecodingOptions { BeamWidth = 6, NBest = 6, LengthPenalty = 0 };
        foreach (string source in Sources)
        {
            IReadOnlyList<RnnTranslation> without = Own.TranslateMany([source], options)[0];
            IReadOnlyList<RnnTranslation> with = Own.TranslateMany([source], options with { CoveragePenalty = Penalty })[0];
            (string Text, double Score)[] expected =
                [.. without.Select(one => (Key(one), one.Score + Penalty * Coverage(one))).OrderByDescending(pair => pair.Item2)];
            Assert.Equal(expected.Select(pair => pair.Text), with.Select(Key));
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i].Score, with[i].Score, 1e-3);
            // One translation is selected from all of the beam.
            Assert.Equal(expected[0].Text, Key(Own.TranslateMany([source], options with { CoveragePenalty = Penalty, NBest = 1 })[0][0]));
        }

        static string Key(RnnTranslation translation) => string.Join('|', translation.Symbols);

        static double Coverage(RnnTranslation translation) => Enumerable.Range(0, translation.SourceSymbols.Count)
            .Sum(j => Math.Log(Math.Clamp(translation.Attention.Sum(weights => (double)weights[j]), 1e-6, 1)));
    }

    [Fact]
    public void A_constraint_forbids_symbols_and_receives_the_symbols_so_far()
    {
        int red = Array.IndexOf([.. Trained.Symbols], "red");
        foreach (int beam in new[] { 0, 1, 5 })
        {
            var seen = new List<string>();
            var options = new RnnTranslationDecodingOptions
            {
                BeamWidth = beam,
                TopK = beam == 0 ? 1 : 0,
                Constraint = (prompt, generated, scores) =>
                {
                    Assert.True(prompt.IsEmpty);
                    seen.Add(string.Join(' ', generated.ToArray().Select(symbol => Trained.Symbols[symbol])));
                    scores[red] = float.NegativeInfinity;
                },
            };
            string text = Own.Translate("rot hund", options);
            Assert.DoesNotContain("red", text.Split(' '));
            Assert.Contains("", seen);
            Assert.Contains(seen, beginning => beginning.Length > 0 && text.StartsWith(beginning, StringComparison.Ordinal));
        }
        Assert.Contains("red", Own.Translate("rot hund"));
        RnnTranslationDecodingOptions nothing = new() { Constraint = (_, _, scores) => scores.Fill(float.NegativeInfinity) };
        foreach (int beam in new[] { 0, 1, 5 })
        {
            RnnTranslation none = Own.TranslateMany(["rot hund"], nothing with { BeamWidth = beam })[0][0];
            Assert.Equal(("", RnnGenerationEnd.NothingAllowed), (none.Text, none.End));
            Assert.Empty(none.Attention);
        }
        AssertThrows.With<InvalidOperationException>(
            () => Own.Translate("rot", new() { Constraint = (_, _, scores) => scores[0] = float.NaN }), "Constraint: expected log-probabilities, got NaN");
    }

    [Fact]
    public void N_grams_do_not_repeat_if_they_must_not()
    {
        const string Source = "rot rot rot rot";
        var options = new RnnTranslationDecodingOptions { MaximumLength = 12 };
        Assert.Equal("red red", string.Join(' ', Own.Translate(Source, options).Split(' ').Take(2)));
        foreach (int beam in new[] { 0, 1, 4 })
            foreach (int size in new[] { 1, 2 })
            {
                string[] words = Own.Translate(Source, options with { BeamWidth = beam, Seed = 1, NoRepeatNgramSize = size }).Split(' ');
                string[] grams = [.. Enumerable.Range(0, Math.Max(0, words.Length - size + 1)).Select(i => string.Join(' ', words[i..(i + size)]))];
                Assert.Equal(grams.Distinct(), grams);
            }
    }

    [Fact]
    public void Random_symbols_are_repeatable_with_a_seed()
    {
        var options = new RnnTranslationDecodingOptions { BeamWidth = 0, Seed = 7, Temperature = 3, MaximumLength = 10 };
        string[] First(RnnTranslationDecodingOptions used) => [.. Own.TranslateMany(Sources, used).Select(all => all[0].Text)];
        Assert.Equal(First(options), First(options));
        Assert.NotEqual(First(options), First(options with { Seed = 8 }));
        Assert.NotEqual(First(options with { Seed = null }), First(options with { Seed = null }));
        // Equal sources of one call are drawn independently.
        Assert.True(Own.TranslateMany([.. Enumerable.Repeat(Sources[0], 12)], options).Select(all => all[0].Text).Distinct().Count() > 1);
        // The most probable symbol is that of a beam of one.
        Assert.Equal(First(new() { BeamWidth = 1 }), First(options with { Temperature = 1, TopK = 1, MaximumLength = null }));
        Assert.Equal(First(new() { BeamWidth = 1 }), First(new() { BeamWidth = 0, Temperature = 0 }));
        RnnTranslation one = Own.TranslateMany([Sources[0]], options)[0][0];
        Assert.Equal(one.LogProbabilities.Sum(value => (double)value), one.Score, 1e-5);
    }

    /// <summary>A cursor reads 1 row, 8 rows, and then 64 rows at once, which must not be visible.</summary>
    [Fact]
    public void Random_symbols_of_a_row_do_not_depend_on_the_other_rows()
    {
        RnnTranslationTransformer model = Trained.WithDecoding(new() { BeamWidth = 0, Temperature = 3, MaximumLength = 10 });
        string[] together = Texts(model.Transform(SourceData(Sources)));
        Assert.True(together.Distinct().Count() > 6);
        Assert.Equal(together, Texts(model.Transform(SourceData(Sources))));
        Assert.Equal(together.Reverse(), Texts(model.Transform(SourceData([.. Sources.Reverse()]))));
        Assert.Equal(together, Sources.Select(source => Texts(model.Transform(SourceData(source)))[0]));
    }

    [Fact]
    public async Task A_search_is_canceled_between_two_symbols()
    {
        foreach (int beam in new[] { 0, 1, 4 })
        {
            using var cancellation = new CancellationTokenSource();
            int steps = 0;
            var options = new RnnTranslationDecodingOptions
            {
                BeamWidth = beam,
                MaximumLength = 1000,
                Constraint = (_, generated, scores) =>
                {
                    scores[0] = float.NegativeInfinity;
                    steps = Math.Max(steps, generated.Length);
                    if (generated.Length == 5) cancellation.Cancel();
                },
            };
            Assert.ThrowsAny<OperationCanceledException>(() => Own.Translate("rot hund", options, cancellationToken: cancellation.Token));
            Assert.Equal(5, steps);
            if (beam > 1) continue;
            using var second = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (string part in Own.StreamAsync("rot hund", options with { Constraint = null }, cancellationToken: second.Token)) second.Cancel();
            });
        }
        using var before = new CancellationTokenSource();
        before.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Own.Score(["rot"], ["red"], cancellationToken: before.Token));
    }

    [Fact]
    public void Weights_that_are_NaN_are_reported()
    {
        var network = (RecurrentTranslationModel)Trained.Model;
        ModelProto proto = OnnxWeights.Parse(network.StepGraphs[0]);
        TensorProto bias = proto.Graph.Initializer.Single(tensor => tensor.Name == "decoder.output.bias");
        byte[] numbers = bias.RawData.ToByteArray();
        BitConverter.TryWriteBytes(numbers, float.NaN);
        bias.RawData = ByteString.CopyFrom(numbers);
        var damaged = new RnnTranslationTransformer(
            Trained.Spec, new RecurrentTranslationModel(network.Source, network.Target, network.EncoderGraphs, [proto.ToByteArray()], default));
        foreach (int beam in new[] { 0, 1, 3 })
            AssertThrows.With<InvalidOperationException>(
                () => Translator(damaged).Translate("rot", new() { BeamWidth = beam }), "The model is damaged", "got NaN");
    }
}
