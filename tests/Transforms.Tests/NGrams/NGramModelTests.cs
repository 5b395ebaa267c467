using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.NGrams;

namespace MlNetRnn.Transforms.Tests.NGrams;

public class NGramModelTests
{
    private const int V = 5;

    /// <summary>
    /// The document "a b a". All bigrams occur once: discount 0.5 (too few different counts). Different symbols before: a 2, b 1, boundary 1; n1 = 2, n2 = 1:
    /// discount 0.5 of 1, and 1 of 2. P(a) = 1/4 + 0.5/4, P(b) = P(boundary) = 0.5/4 + 0.5/4, P(unknown) = 0.5/4.
    /// </summary>
    [Fact]
    public void A_tiny_corpus_has_the_probabilities_that_were_computed_by_hand()
    {
        const int A = 2, B = 3;
        NGramModel model = Learn([A, B, A, 0], symbols: 4, order: 2);
        Check([], [0.25, 0.125, 0.375, 0.25]);
        Check([A], [0.25 + 0.5 * 0.25, 0.5 * 0.125, 0.5 * 0.375, 0.25 + 0.5 * 0.25]);
        Check([0], [0.5 * 0.25, 0.5 * 0.125, 0.5 + 0.5 * 0.375, 0.5 * 0.25]);
        Check([B, A, 0], [0.5 * 0.25, 0.5 * 0.125, 0.5 + 0.5 * 0.375, 0.5 * 0.25]);
        Check([1], [0.25, 0.125, 0.375, 0.25]);

        void Check(int[] context, double[] expected)
        {
            for (int symbol = 0; symbol < expected.Length; symbol++)
                Assert.Equal(expected[symbol], Math.Exp(model.LogProbability(context, symbol)), 6);
        }
    }

    [Property(MaxTest = 300)]
    public Property The_probabilities_are_those_of_the_formulas() => Prop.ForAll(Texts(), Orders(), Arb.From(Gen.Choose(1, 3)), (text, order, minimumCount) =>
    {
        NGramModel model = Learn(text, V, order, minimumCount);
        var slow = new SlowKneserNey(text, V, order, minimumCount);
        return Contexts(order, text).All(context => Enumerable.Range(0, V).All(symbol =>
            Math.Abs(Math.Exp(model.LogProbability(context, symbol)) - slow.Probability(context, symbol)) < 1e-6));
    });

    [Property(MaxTest = 300)]
    public Property Probabilities_sum_to_one_and_every_symbol_is_possible(byte minimumCount) => Prop.ForAll(Texts(), Orders(), (text, order) =>
    {
        NGramModel model = Learn(text, V, order, 1 + minimumCount % 3);
        var logProbabilities = new float[V];
        return Contexts(order, text).All(context =>
        {
            model.Distribution(context, logProbabilities);
            return Math.Abs(logProbabilities.Sum(value => Math.Exp(value)) - 1) < 1e-5 && logProbabilities.All(float.IsFinite)
                && Enumerable.Range(0, V).All(symbol => Math.Abs(logProbabilities[symbol] - model.LogProbability(context, symbol)) < 1e-5);
        });
    });

    [Property(MaxTest = 200)]
    public Property A_loaded_model_equals_the_saved_one() => Prop.ForAll(Texts(), Orders(), (text, order) =>
    {
        NGramModel saved = Learn(text, V, order), loaded = NGramFile.Load(NGramFile.Save(saved), V);
        return loaded.Order == order && loaded.Symbols == V && loaded.Hash == saved.Hash
            && NGramFile.Save(loaded).AsSpan().SequenceEqual(NGramFile.Save(saved))
            && Contexts(order, text).All(context => loaded.LogProbability(context, 2) == saved.LogProbability(context, 2));
    });

    [Property(MaxTest = 500)]
    public Property A_damaged_model_is_rejected_or_has_finite_probabilities(uint place, byte value) => Prop.ForAll(Texts(), text =>
    {
        byte[] bytes = NGramFile.Save(Learn(text, V, 3));
        if (place % 5 == 0) bytes = bytes[..(int)(place % bytes.Length)];
        else bytes[place % bytes.Length] = value;
        NGramModel model;
        try
        {
            model = NGramFile.Load(bytes, V);
        }
        catch (FormatException e)
        {
            return e.Message.Contains("damaged");
        }
        return Contexts(3, text).All(context => Enumerable.Range(0, V).All(symbol => double.IsFinite(model.LogProbability(context, symbol))));
    });

    [Fact]
    public void A_model_of_another_vocabulary_is_rejected() => Assert.Contains(
        "expected 6 symbols as in the vocabulary, got 5. ",
        Assert.Throws<FormatException>(() => NGramFile.Load(NGramFile.Save(Learn([2], 5, 2)), 6)).Message);

    [Fact]
    public void Without_text_all_symbols_are_equally_probable()
    {
        NGramModel model = Learn([], symbols: 8, order: 4);
        Assert.Equal(Math.Log(1.0 / 8), model.LogProbability([0, 1], 7), 6);
    }

    [Fact]
    public void Symbols_that_are_not_in_the_vocabulary_are_rejected()
    {
        NGramModel model = Learn([2, 3], symbols: 4, order: 2);
        Assert.Contains("from 0 to 3, got 4. ", Assert.Throws<ArgumentOutOfRangeException>(() => model.LogProbability([], 4)).Message);
        Assert.Contains("from 0 to 3, got -1. ", Assert.Throws<ArgumentOutOfRangeException>(() => model.Distribution([-1], new float[4])).Message);
        Assert.Contains("from 0 to 3, got 4. ", Assert.Throws<ArgumentOutOfRangeException>(() => NGramBuilder.Create(4, 2).Add([4])).Message);
    }

    internal static NGramModel Learn(int[] text, int symbols, int order, int minimumCount = 1)
    {
        NGramBuilder builder = NGramBuilder.Create(symbols, order);
        builder.Add(text);
        return builder.Build(minimumCount);
    }

    internal static Arbitrary<int[]> Texts() => Arb.From(Gen.Elements(0, 1, 2, 2, 2, 3, 3, 4).ArrayOf().Resize(40));

    internal static Arbitrary<int> Orders() => Arb.From(Gen.Choose(2, 5));

    /// <summary>Returns all contexts of up to two symbols, and longer ones from the text.</summary>
    private static IEnumerable<int[]> Contexts(int order, int[] text) =>
    [
        [],
        .. Enumerable.Range(0, V).Select(a => new[] { a }),
        .. Enumerable.Range(0, V * V).Select(a => new[] { a / V, a % V }),
        .. Enumerable.Range(0, Math.Max(0, text.Length - order)).Select(i => text[i..(i + order)]),
    ];
}
