using System.IO.Hashing;
using System.Runtime.InteropServices;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Translation;

/// <summary>The rows of one cursor that are translated together. Translations, alignments and encoder states are computed on first use.</summary>
internal sealed class TranslationBlock : IRowBlock
{
    private readonly RnnTranslationTransformer _transformer;
    private readonly IReadOnlyList<TranslationOutput> _outputs;
    private readonly SourceSet _sources;
    private readonly Action _read;
    private FoundTranslation[][]? _found;
    private IReadOnlyList<float[]>? _states, _boxes;
    private IReadOnlyList<float[]>[]? _attention;

    /// <param name="transformer">The model.</param>
    /// <param name="outputs">The columns.</param>
    /// <param name="sources">Receives the sources.</param>
    /// <param name="read">Reads the source of the current row.</param>
    public TranslationBlock(RnnTranslationTransformer transformer, IReadOnlyList<TranslationOutput> outputs, SourceSet sources, Action read) =>
        (_transformer, _outputs, _sources, _read) = (transformer, outputs, sources, read);

    public bool IsFull => false;

    public SourceSet Sources => _sources;

    public TranslationTexts Texts => _transformer.Texts;

    public bool ReplacesUnknown => _transformer.Decoding.ReplaceUnknown;

    public void Clear()
    {
        _sources.Clear();
        (_found, _states, _boxes, _attention) = (null, null, null, null);
    }

    public void Read() => _read();

    public Delegate CreateGetter(int output, Func<int> current) => _outputs[output].CreateGetter(() => new TranslatedRow(this, current()));

    /// <summary>Returns the translations of a row, the best first.</summary>
    public FoundTranslation[] FoundOf(int row) =>
        (_found ??= new TranslationSearch(_transformer.Model, _transformer.RepeatableDecoding).Find(_sources, stream: StreamOf))[row];

    /// <summary>Returns the random stream of a row, which depends on its source alone: equal sources have equal translations.</summary>
    private long StreamOf(int row)
    {
        SequenceStore sources = _sources.Sequences;
        ReadOnlySpan<byte> content = sources.FrameSize == 0 ? MemoryMarshal.AsBytes(sources[row]) : MemoryMarshal.AsBytes(sources.Frames(row));
        return (long)XxHash64.HashToUInt64(content, sources.FrameSize == 0 ? _sources.LanguagesOf(row).Target : 0);
    }

    /// <summary>Returns the attention of the best translation of a row.</summary>
    public IReadOnlyList<float[]> AttentionOf(int row)
    {
        if (FoundOf(row)[0].Attention is { } known) return known;
        _attention ??= new IReadOnlyList<float[]>[_sources.Count];
        return _attention[row] ??= _transformer.Model.Align(_sources, [row], [FoundOf(row)[0].Sequence.Symbols])[0];
    }

    /// <summary>Returns the boxes of the regions of a row: those of the data, those of the encoder, or those of the grid; otherwise none.</summary>
    public float[] BoxesOf(int row) => (_boxes ??= new SourceTranslator(_transformer).Boxes(_sources, [.. Enumerable.Range(0, _sources.Count)]))[row];

    /// <summary>Returns the last encoder state of a row.</summary>
    public float[] StateOf(int row) => (_states ??= _transformer.Model.EncoderStates(_sources, [.. Enumerable.Range(0, _sources.Count)]))[row];
}

/// <summary>A row of a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Row">The row.</param>
internal readonly record struct TranslatedRow(TranslationBlock Block, int Row)
{
    public FoundTranslation[] All => Block.FoundOf(Row);

    public FoundTranslation Best => All[0];

    public string Text => TextOf(Best);

    public IEnumerable<string> AllTexts
    {
        get
        {
            TranslatedRow row = this;
            return All.Select(found => row.TextOf(found));
        }
    }

    public string[] Symbols => Block.Texts.Symbols(Best.Sequence.Symbols);

    public string[] SourceSymbols => Block.Texts.SourceSymbols(Block.Sources, Row);

    public IReadOnlyList<float[]> Attention => Block.AttentionOf(Row);

    public float[] EncoderState => Block.StateOf(Row);

    public float[] Boxes => Block.BoxesOf(Row);

    private string TextOf(FoundTranslation found) => Block.Texts.Text(found, Block.Sources, Row, Block.ReplacesUnknown);
}
