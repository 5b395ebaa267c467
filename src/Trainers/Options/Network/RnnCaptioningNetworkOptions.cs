using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of a captioning model: the vectors of the regions of an image, and a decoder that predicts the caption.</summary>
/// <remarks>
/// The typical network has one layer of 512 GRUs with output feedback (Vinyals et al., 2015; Xu et al., 2015). The mean of the vectors of the regions
/// determines the initial state of the decoder. <see cref="RnnEncoderOptions.Bidirectional"/> has no meaning here: the decoder reads forward.
/// </remarks>
public sealed record RnnCaptioningNetworkOptions : RnnEncoderOptions
{
    /// <summary>Creates options with default values.</summary>
    public RnnCaptioningNetworkOptions()
    {
        Cell = RnnCell.Gru;
        HiddenSize = 512;
        EmbeddingSize = 256;
        Dropout = 0.5f;
        WordDropout = 0;
        Bidirectional = false;
    }

    /// <summary>
    /// How the decoder reads the regions: by attention, or, with <see cref="RnnAttention.None"/>, only by its initial state, which a single vector for the
    /// image determines as well.
    /// </summary>
    /// <value>The default is <see cref="RnnAttention.Additive"/>.</value>
    [Sweep.Choice(new object[] { RnnAttention.Additive, RnnAttention.General }, RnnAttention.Additive)]
    public RnnAttention Attention { get; init; } = RnnAttention.Additive;

    /// <summary>
    /// Whether a spatial transformer deforms the regions (Jaderberg et al., 2015; Pedersoli et al., 2017): at each cell of the grid, the network learns where a
    /// box lies and how large it is, and reads the grid there. Requires <see cref="RnnCaptioningOptions.GridWidth"/> and
    /// <see cref="RnnCaptioningOptions.GridHeight"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool DeformRegions { get; init; }

    /// <summary>Size C of the vector that a learned layer makes of a region, and that the decoder reads.</summary>
    /// <value>1 to 4,096. The default is 512.</value>
    [Valid.Range(1, 4096)]
    [Sweep.Range(128, 512, 512, true)]
    public int RegionVectorSize { get; init; } = 512;

    /// <summary>
    /// Whether the readout of a step is an additional input of the next step (Luong et al., 2015, section 3.3), for <see cref="RnnAttention.Dot"/> and
    /// <see cref="RnnAttention.General"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool InputFeeding { get; init; }

    /// <summary>Whether the vectors of the symbols are also the weights of the output (Press and Wolf, 2017).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [Sweep.BooleanChoice]
    public bool TiedEmbeddings { get; init; }

    /// <summary>Probability of dropping a symbol's whole vector during training, everywhere in the batch (Gal and Ghahramani, 2016).</summary>
    /// <value>0 to 0.95. The default is 0.</value>
    [Valid.Range(0f, 0.95f)]
    public float EmbeddingDropout { get; init; }

    /// <summary>
    /// Share of the regions of an image that the network does not read in a training step, others in each step. It regularizes attention on few images. Must be
    /// 0 if <see cref="DeformRegions"/> is set.
    /// </summary>
    /// <value>0 to 0.95. The default is 0.</value>
    [Valid.Range(0f, 0.95f)]
    public float RegionDropout { get; init; }

    private protected override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Bidirectional) yield return $"{nameof(Bidirectional)}: expected false: a decoder reads forward, and regions have no order; got true";
            // The other rules are those of every decoder with attention.
            foreach (string fault in DecoderFaults.Of(Cell, Attention, InputFeeding, WordDropout)) yield return fault;
            if (DeformRegions && RegionDropout > 0)
                yield return FormattableString.Invariant(
                    $"{nameof(RegionDropout)}: expected 0 when {nameof(DeformRegions)} is true, which reads whole grids, got {RegionDropout}");
            if (Attention == RnnAttention.Dot && RegionVectorSize != HiddenSize)
                yield return $"{nameof(RegionVectorSize)}: expected {HiddenSize}, the size of a state of the decoder, when {nameof(Attention)} is Dot, got "
                    + $"{RegionVectorSize}: set it, or use General";
        }
    }

    /// <summary>The same network in the terms of a translation model, whose source is the regions.</summary>
    /// <param name="gridWidth">The number of cells in a row of the grid; 0 without a grid.</param>
    /// <param name="gridHeight">The number of rows of the grid; 0 without a grid.</param>
    internal RnnTranslationNetworkOptions ToTranslation(int gridWidth, int gridHeight) => new()
    {
        Cell = Cell,
        Activation = Activation,
        Layers = Layers,
        HiddenSize = HiddenSize,
        EmbeddingSize = EmbeddingSize,
        Bidirectional = false,
        Dropout = Dropout,
        LockedDropout = LockedDropout,
        WeightDropout = WeightDropout,
        WordDropout = WordDropout,
        Attention = Attention,
        InputFeeding = InputFeeding,
        TiedEmbeddings = TiedEmbeddings,
        EmbeddingDropout = EmbeddingDropout,
        Regions = new RegionReading(RegionVectorSize, gridWidth, gridHeight, DeformRegions, RegionDropout),
    };
}
