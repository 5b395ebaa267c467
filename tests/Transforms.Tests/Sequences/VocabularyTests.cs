using FsCheck.Xunit;
using MlNetRnn.Sequences;
using MlNetRnn.Tokenization;

namespace MlNetRnn.Transforms.Tests.Sequences;

public class VocabularyTests
{
    [Fact]
    public void Frequent_words_come_first_and_ties_are_ordinal()
    {
        Vocabulary vocabulary = Learn(["b", "a", "c", "b", "c", "b"], out _);
        Assert.Equal(["b", "c", "a"], vocabulary.Words);
        Assert.Equal(SpecialTokens.Count, vocabulary.IndexOf("b"));
        Assert.Equal(SpecialTokens.Unknown, vocabulary.IndexOf("d"));
        Assert.Equal(5, vocabulary.Count);
    }

    [Fact]
    public void Rare_words_and_those_beyond_the_maximum_become_unknown()
    {
        (VocabularyBuilder builder, SequenceStore store) = Read("a a a b b c c d".Split(' '));
        Vocabulary vocabulary = builder.Build(store, [0], minimumCount: 2, maximumSize: 2, known: null, out int[] final);
        Assert.Equal(["a", "b"], vocabulary.Words);
        Assert.Equal([2, 2, 2, 3, 3, 1, 1, 1], store[0].ToArray().Select(p => final[p]));
    }

    [Fact]
    public void Words_of_other_rows_are_unknown()
    {
        (VocabularyBuilder builder, SequenceStore store) = Read(["a", "b"], ["b", "c", "c"]);
        Vocabulary vocabulary = builder.Build(store, [0], 1, int.MaxValue, known: null, out int[] final);
        Assert.Equal(["a", "b"], vocabulary.Words);
        Assert.Equal([3, 1, 1], store[1].ToArray().Select(p => final[p]));
    }

    [Property(MaxTest = 200)]
    public bool Final_numbers_are_those_of_the_vocabulary(string?[] tokens)
    {
        string[] words = [.. tokens.Select(Form)];
        (VocabularyBuilder builder, SequenceStore store) = Read(words);
        Vocabulary vocabulary = builder.Build(store, [0], 1, int.MaxValue, known: null, out int[] final);
        return words.Length == 0 || words.Zip(store[0].ToArray()).All(p => vocabulary.IndexOf(p.First) == final[p.Second]);
    }

    [Property(MaxTest = 200)]
    public bool The_order_of_the_rows_does_not_matter(string?[] tokens)
    {
        string[] words = [.. tokens.Select(Form)];
        return Learn(words, out _).Words.SequenceEqual(Learn([.. words.Reverse()], out _).Words);
    }

    [Property(MaxTest = 200)]
    public bool Survives_a_round_trip_to_json(string?[] tokens)
    {
        Vocabulary vocabulary = Learn([.. tokens.Select(Form)], out _);
        return Vocabulary.FromJson(vocabulary.ToJson()).Words.SequenceEqual(vocabulary.Words);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[\"a\",\"a\"]")]
    [InlineData("[\"a\"")]
    public void Damaged_json_is_rejected(string json)
    {
        var e = Assert.Throws<FormatException>(() => Vocabulary.FromJson(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Contains("damaged", e.Message);
    }

    private static string Form(string? token) => new TokenForm(lowerCase: false).Of(token ?? "").ToString();

    private static Vocabulary Learn(string[] words, out int[] final)
    {
        (VocabularyBuilder builder, SequenceStore store) = Read(words);
        return builder.Build(store, [0], 1, int.MaxValue, known: null, out final);
    }

    private static (VocabularyBuilder Builder, SequenceStore Store) Read(params string[][] rows)
    {
        var builder = new VocabularyBuilder();
        var store = new SequenceStore();
        foreach (string[] row in rows)
        {
            foreach (string word in row) store.Add(builder.IndexOf(word));
            store.EndSequence();
        }
        return (builder, store);
    }
}
