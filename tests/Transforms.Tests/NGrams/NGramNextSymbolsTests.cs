using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MlNetRnn.NGrams;

namespace MlNetRnn.Transforms.Tests.NGrams;

public class NGramNextSymbolsTests
{
    private const int V = 5;

    [Property(MaxTest = 200)]
    public Property Reading_gives_the_distributions_of_the_model() => Prop.ForAll(NGramModelTests.Texts(), NGramModelTests.Orders(), (text, order) =>
    {
        NGramModel model = NGramModelTests.Learn(text, V, order);
        using var next = new NGramNextSymbols(model, 2);
        int[] first = [0, .. text], second = [0, .. text.Reverse()];
        return Enumerable.Range(0, first.Length).All(i =>
        {
            float[] both = Read(next, first[i], second[i]);
            return both.SequenceEqual([.. Distribution(model, first[..(i + 1)]), .. Distribution(model, second[..(i + 1)])]);
        });
    });

    [Property(MaxTest = 200)]
    public Property A_prompt_is_read_like_its_symbols() => Prop.ForAll(NGramModelTests.Texts(), NGramModelTests.Texts(), (text, prompt) =>
    {
        NGramModel model = NGramModelTests.Learn(text, V, 4);
        using var next = new NGramNextSymbols(model, 2);
        Read(next, 2, 3);
        next.ReadPrompts([prompt, Array.Empty<int>()]);
        return Read(next, 4, 2).SequenceEqual([.. Distribution(model, [2, .. prompt, 4]), .. Distribution(model, [3, 2])]);
    });

    [Fact]
    public void A_prompt_with_other_symbols_is_rejected()
    {
        using var next = new NGramNextSymbols(NGramModelTests.Learn([2, 3], V, 3), 1);
        Assert.Contains("from 0 to 4, got 5. ", Assert.Throws<ArgumentOutOfRangeException>(() => next.ReadPrompts([new[] { 5, 2, 2, 2 }])).Message);
    }

    [Fact]
    public void Rows_are_continued_several_times_or_not_at_all()
    {
        NGramModel model = NGramModelTests.Learn([2, 3, 4, 2, 3, 2, 4, 4, 0], V, 3);
        using var next = new NGramNextSymbols(model, 2);
        Read(next, 2, 3);
        next.Select([1, 1, 0]);
        Assert.Equal(3, next.Rows);
        float[] distributions = Read(next, 4, 2, 3);
        Assert.Equal([.. Distribution(model, [3, 4]), .. Distribution(model, [3, 2]), .. Distribution(model, [2, 3])], distributions);
    }

    [Fact]
    public void A_saved_state_continues_in_another_instance()
    {
        NGramModel model = NGramModelTests.Learn([2, 3, 4, 2, 3, 2, 4, 4, 0], V, 4);
        using NGramNextSymbols first = new(model, 1), second = new(NGramFile.Load(NGramFile.Save(model), V), 2);
        second.Restore(1, first.Save(0));
        foreach (int symbol in new[] { 0, 2, 3, 4 }) Read(first, symbol);
        second.Restore(1, first.Save(0));
        Assert.Equal(Read(first, 2), Read(second, 0, 2)[V..]);
    }

    [Fact]
    public void A_state_of_another_model_is_rejected()
    {
        using NGramNextSymbols first = new(NGramModelTests.Learn([2, 3, 4], V, 3), 1), second = new(NGramModelTests.Learn([2, 3, 3], V, 3), 1);
        Read(first, 2);
        byte[] state = first.Save(0);
        Assert.Contains("of this n-gram model", Assert.Throws<FormatException>(() => second.Restore(0, state)).Message);
        state[^1] = 0x7F;
        Assert.Throws<FormatException>(() => first.Restore(0, state));
        Assert.Throws<FormatException>(() => first.Restore(0, state.AsSpan(..^1)));
        Assert.Throws<FormatException>(() => first.Restore(0, []));
        Assert.Throws<FormatException>(() => first.Restore(0, [.. first.Save(0), .. new byte[8]]));
    }

    [Fact]
    public void Eight_threads_read_from_one_model_like_one()
    {
        int[] text = [.. Enumerable.Range(0, 2_000).Select(i => 2 + i * i % 3)];
        NGramModel model = NGramModelTests.Learn(text, V, 4);
        float[][] all = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Sum())];
        Assert.All(all, sum => Assert.Equal(Sum(), sum));

        float[] Sum()
        {
            using var next = new NGramNextSymbols(model, 1);
            var sum = new float[V];
            foreach (int symbol in text)
            {
                float[] distribution = Read(next, symbol);
                for (int i = 0; i < V; i++) sum[i] += distribution[i];
            }
            return sum;
        }
    }

    private static float[] Read(NGramNextSymbols next, params int[] symbols)
    {
        var logProbabilities = new float[symbols.Length * V];
        next.Read(symbols, logProbabilities);
        return logProbabilities;
    }

    private static float[] Distribution(NGramModel model, int[] context)
    {
        var logProbabilities = new float[V];
        model.Distribution(context, logProbabilities);
        return logProbabilities;
    }
}
