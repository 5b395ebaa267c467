using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>A trained translation model: it reads sources, and predicts the next target symbol. Thread-safe.</summary>
/// <param name="source">The source symbols; null for frames.</param>
/// <param name="target">The target symbols.</param>
internal abstract class TranslationModel(SymbolCodec? source, SymbolCodec target)
{
    /// <summary>The name of the kind of model in the model file.</summary>
    public abstract string Kind { get; }

    /// <summary>The model in words, for messages.</summary>
    public abstract string Description { get; }

    /// <summary>The source symbols; null for frames.</summary>
    public SymbolCodec? Source => source;

    /// <summary>The target symbols.</summary>
    public SymbolCodec Target => target;

    /// <summary>Returns the parts of the network that read a source and predict its translation. Sources with different parts are not read together.</summary>
    public virtual (int Encoder, int Decoder) PartsOf(SourceSet sources, int row) => default;

    /// <summary>Reads sources, and opens the decoder.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="rows">Those that are read, which have the same parts of the network; row i of the decoder reads the i-th of them.</param>
    public abstract INextSymbols Open(SourceSet sources, ReadOnlySpan<int> rows);

    /// <summary>Computes the attention of a decoder that reads given targets.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="rows">Those that are read, which have the same parts of the network.</param>
    /// <param name="targets">The target symbols of each row.</param>
    /// <returns>For each row and each of its target symbols the weights of the source steps; empty without attention.</returns>
    public abstract IReadOnlyList<IReadOnlyList<float[]>> Align(SourceSet sources, ReadOnlySpan<int> rows, IReadOnlyList<int[]> targets);

    /// <summary>Returns the last state of each direction of the encoder for each of some sources.</summary>
    public abstract IReadOnlyList<float[]> EncoderStates(SourceSet sources, ReadOnlySpan<int> rows);

    /// <summary>
    /// Returns the boxes of the regions of each of some images that the encoder has computed, four numbers each; empty if it does not compute boxes.
    /// </summary>
    public abstract IReadOnlyList<float[]> Boxes(SourceSet sources, ReadOnlySpan<int> rows);

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
}
