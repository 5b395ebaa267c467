namespace MlNetRnn.Corpora;

/// <summary>
/// What is known of one sentence of a file, column by column. A reader fills the same object again and again: it holds a sentence until the next
/// one is read.
/// </summary>
/// <param name="texts">How many columns hold one text a sentence.</param>
/// <param name="vectors">How many columns hold a list of texts.</param>
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
