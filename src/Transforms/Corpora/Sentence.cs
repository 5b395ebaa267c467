namespace MlNetRnn.Corpora;

/// <summary>
/// The values of a sentence, column by column. A reader reuses the object: it holds a sentence until the next one is read.
/// </summary>
/// <param name="texts">The number of columns with one text per sentence.</param>
/// <param name="vectors">The number of columns with a list of texts per sentence.</param>
internal sealed class Sentence(int texts, int vectors)
{
    public ReadOnlyMemory<char>[] Texts { get; } = new ReadOnlyMemory<char>[texts];

    public List<ReadOnlyMemory<char>>[] Vectors { get; } = [.. Enumerable.Range(0, vectors).Select(_ => new List<ReadOnlyMemory<char>>())];

    public void Clear()
    {
        Array.Clear(Texts);
        foreach (List<ReadOnlyMemory<char>> vector in Vectors) vector.Clear();
    }
}
