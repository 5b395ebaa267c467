using System.Text.Json.Serialization;
using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of a translation model: an encoder that reads the source, and a decoder that predicts the target.</summary>
/// <remarks>
/// <see cref="RnnEncoderOptions.Cell"/>, <see cref="RnnEncoderOptions.Layers"/>, <see cref="RnnEncoderOptions.EmbeddingSize"/> and the dropout apply to both
/// parts. <see cref="RnnEncoderOptions.Bidirectional"/> applies to the encoder; the decoder always reads forward.
/// </remarks>
public sealed record RnnTranslationNetworkOptions : RnnEncoderOptions
{
    /// <summary>Creates options with default values.</summary>
    public RnnTranslationNetworkOptions()
    {
        Cell = RnnCell.Gru;
        HiddenSize = 256;
        EmbeddingSize = 256;
        Dropout = 0.3f;
        WordDropout = 0;
    }

    /// <summary>How the decoder reads the source.</summary>
    /// <value>The default is <see cref="RnnAttention.Additive"/>.</value>
    [Sweep.Choice(new object[] { RnnAttention.Additive, RnnAttention.General }, RnnAttention.Additive)]
    public RnnAttention Attention { get; init; } = RnnAttention.Additive;

    /// <summary>
    /// Whether the readout of a step is an additional input of the next step (Luong et al., 2015, section 3.3), for <see cref="RnnAttention.Dot"/> and
    /// <see cref="RnnAttention.General"/>. Attention inside the state update does not need it.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool InputFeeding { get; init; }

    /// <summary>Size of the state of one direction of the encoder.</summary>
    /// <value>1 to 4,096. The default is <see langword="null"/>: <see cref="RnnEncoderOptions.HiddenSize"/>, the size of a state of the decoder.</value>
    [Valid.Range(1, 4096)]
    public int? EncoderHiddenSize { get; init; }

    /// <summary>Whether the vectors of the target symbols are also the weights of the output (Press and Wolf, 2017).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [Sweep.BooleanChoice]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Whether source and target symbols share their vectors. Requires a joint vocabulary.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SharedEmbeddings { get; init; }

    /// <summary>Probability of dropping a symbol's whole vector during training, everywhere in the batch (Gal and Ghahramani, 2016).</summary>
    /// <value>0 to 0.95. The default is 0.</value>
    [Valid.Range(0f, 0.95f)]
    public float EmbeddingDropout { get; init; }

    /// <summary>The options of the encoder's layers.</summary>
    internal RnnTranslationNetworkOptions OfEncoder => this with { HiddenSize = EncoderHiddenSize ?? HiddenSize };

    /// <summary>How regions become source states, for captioning; null for a source that a recurrent encoder reads.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal RegionReading? Regions { get; init; }

    /// <summary>The size of a source state.</summary>
    internal int SourceSize => Regions?.VectorSize ?? OfEncoder.HiddenSize * (Bidirectional ? 2 : 1);

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            foreach (string fault in DecoderFaults.Of(Cell, Attention, InputFeeding, WordDropout)) yield return fault;
            if (Attention == RnnAttention.Dot && SourceSize != HiddenSize)
                yield return $"{nameof(EncoderHiddenSize)}: expected source states of size {HiddenSize}, like those of the decoder, when "
                    + $"{nameof(Attention)} is Dot, got {SourceSize}: set it to {HiddenSize / (Bidirectional ? 2 : 1)}, or use General";
        }
    }
}
