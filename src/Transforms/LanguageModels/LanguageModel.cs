using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>A trained language model: it computes the probability of sequences of symbols, and the distribution of the next symbol. Thread-safe.</summary>
/// <param name="codec">The symbols.</param>
internal abstract class LanguageModel(SymbolCodec codec)
{
    /// <summary>The name of the kind of model in the model file.</summary>
    public abstract string Kind { get; }

    /// <summary>The model in words, for messages.</summary>
    public abstract string Description { get; }

    public SymbolCodec Codec => codec;

    /// <summary>Computes the log-probability of each symbol of sequences, given those before it.</summary>
    /// <param name="sequences">Sequences of at least two symbols, which begin with the boundary.</param>
    /// <param name="results">Receives the log-probabilities of the second symbol and of all that follow.</param>
    public abstract void Score(IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results);

    /// <summary>Opens the model for reading symbol by symbol.</summary>
    /// <param name="rows">The number of sequences that are read at once.</param>
    public abstract INextSymbols Open(int rows);

    /// <summary>Returns the named parts of a model file that hold the model, without the symbols.</summary>
    public abstract IReadOnlyList<(string Name, byte[] Content)> ToParts();

    /// <summary>Prepares native resources now, so that the first prediction does not wait.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Frees native resources as soon as they are not used.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Returns the log-probability of each symbol that follows the first one of a sequence.</summary>
    public float[] Score(int[] sequence)
    {
        var result = new float[sequence.Length - 1];
        Score([sequence], [result]);
        return result;
    }
}
