using MlNetRnn.Batching;
using MlNetRnn.Sequences;

namespace MlNetRnn.Trainers.Tests.Batching;

public sealed class WordVectorsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("the 0.5 -1e-2\nParcel 1 2\nlate 3 4\n")]
    [InlineData("3 2\nthe 0.5 -0.01\nParcel 1 2 \nlate 3 4")]
    [InlineData("the 0.5 -0.01\r\nParcel 1 2\r\n\r\nparcel 7 7\r\nlate 3 4\r\n")]
    [InlineData("4 2\nthe 0.5 -0.01\n 9 9\nParcel 1 2\nlate 3 4\n")]
    public void Reads_the_formats_of_GloVe_and_fastText(string text)
    {
        WordVectors vectors = Read(text, maximumSize: 10);
        Assert.Equal(["late", "zzz", "the", "parcel"], vectors.Vocabulary.Words);
        Assert.Equal([3f, 4], vectors.Vectors[vectors.Vocabulary.IndexOf("late")]);
        Assert.Equal([0.5f, -0.01f], vectors.Vectors[vectors.Vocabulary.IndexOf("the")]);
        Assert.Equal([1f, 2], vectors.Vectors[vectors.Vocabulary.IndexOf("parcel")]);
        Assert.False(vectors.Vectors.ContainsKey(vectors.Vocabulary.IndexOf("zzz")));
    }

    [Fact]
    public void Words_of_the_file_are_added_up_to_the_maximum_vocabulary_size() =>
        Assert.Equal(["late", "zzz", "the"], Read("the 1 1\nparcel 1 2\nlate 3 4\n", maximumSize: 3).Vocabulary.Words);

    [Fact]
    public void A_word_can_contain_spaces() => Assert.Equal([1f, 2], Read(". . . 1 2\n", 10).Vectors[4]);

    [Theory]
    [InlineData("the 1 2\nparcel 1\n", "line 2: expected a word and 2 numbers (EmbeddingSize), got 2 fields")]
    [InlineData("3 300\nthe 1 2\n", "line 1: expected a word and 2 numbers (EmbeddingSize), got vectors of 300 numbers")]
    [InlineData("the 0.1 0.2 0.3\n", "line 1: expected a word and 2 numbers (EmbeddingSize), got 4 fields")]
    [InlineData("the 1 2\nparcel 1 x\n", "line 2: expected a number as value 2 of 2, got 'x'")]
    public void Reports_an_invalid_line_with_file_and_line_number(string text, string expected)
    {
        string message = Assert.Throws<FormatException>(() => Read(text, 10)).Message;
        Assert.Contains(_file, message);
        Assert.Contains(expected, message);
    }

    private WordVectors Read(string text, int maximumSize)
    {
        File.WriteAllText(_file, text);
        return WordVectors.Read(_file, 2, lowerCase: true, new Vocabulary(["late", "zzz"]), maximumSize);
    }
}
