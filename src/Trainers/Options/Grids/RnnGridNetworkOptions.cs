using MlNetRnn.Options;
using Sweep = Microsoft.ML.SearchSpace;
using Valid = System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for the network of the trainers for grids: read patches → encode → pool, or a state for each cell.</summary>
public sealed record RnnGridNetworkOptions : Valid.IValidatableObject
{
    private static readonly int[] Corners = [1, 2, 4];

    /// <summary>How the layers read a grid.</summary>
    /// <value>The default is <see cref="RnnGridLayer.MultiDimensional"/>.</value>
    [Sweep.Choice(new object[] { RnnGridLayer.MultiDimensional, RnnGridLayer.ReNet }, RnnGridLayer.MultiDimensional)]
    public RnnGridLayer Layer { get; init; } = RnnGridLayer.MultiDimensional;

    /// <summary>Type of the cells. <see cref="RnnGridLayer.ReNet"/> supports all but <see cref="RnnGridCell.StableLstm"/>.</summary>
    /// <value>The default is <see cref="RnnGridCell.Lstm"/>.</value>
    [Sweep.Choice(new object[] { RnnGridCell.Lstm, RnnGridCell.Gru }, RnnGridCell.Lstm)]
    public RnnGridCell Cell { get; init; } = RnnGridCell.Lstm;

    /// <summary>Number of stacked layers.</summary>
    /// <value>1 to 8. The default is 2.</value>
    [Valid.Range(1, 8)]
    [Sweep.Choice(new object[] { 1, 2, 3 }, 2)]
    public int Layers { get; init; } = 2;

    /// <summary>Size H of the state of one direction.</summary>
    /// <value>1 to 1,024. The default is 32.</value>
    [Valid.Range(1, 1024)]
    [Sweep.Range(16, 64, 32, true)]
    public int HiddenSize { get; init; } = 32;

    /// <summary>
    /// Number of corners where scans of the grid start. With 1 or 2, a state does not depend on the whole grid. Ignored if <see cref="Layer"/> is
    /// <see cref="RnnGridLayer.ReNet"/>, which always reads in both directions.
    /// </summary>
    /// <value>1, 2 (opposite corners) or 4. The default is 4.</value>
    public int Directions { get; init; } = 4;

    /// <summary>Height of the patches whose cells the first layer reads as one vector. Patches that are not whole are filled with 0.</summary>
    /// <value>1 to 64. The default is 2.</value>
    [Valid.Range(1, 64)]
    [Sweep.Choice(new object[] { 1, 2, 4 }, 2)]
    public int PatchHeight { get; init; } = 2;

    /// <summary>Width of the patches whose cells the first layer reads as one vector.</summary>
    /// <value>1 to 64. The default is 2.</value>
    [Valid.Range(1, 64)]
    [Sweep.Choice(new object[] { 1, 2, 4 }, 2)]
    public int PatchWidth { get; init; } = 2;

    /// <summary>
    /// Height and width of the patches of states that each layer after the first reads as one vector, so that the grids form a pyramid. 1 keeps their size.
    /// </summary>
    /// <value>1 to 8. The default is 2.</value>
    [Valid.Range(1, 8)]
    [Sweep.Choice(new object[] { 1, 2 }, 2)]
    public int Subsampling { get; init; } = 2;

    /// <summary>Pooling that combines the states of the last layer into one vector. Ignored for a label per cell.</summary>
    /// <value>Max, Mean or Attention. The default is <see cref="RnnPooling.Max"/>.</value>
    [Sweep.Choice(new object[] { RnnPooling.Max, RnnPooling.Mean, RnnPooling.Attention }, RnnPooling.Max)]
    public RnnPooling Pooling { get; init; } = RnnPooling.Max;

    /// <summary>Probability of dropping a number during training, between layers and before the output (Srivastava et al., 2014).</summary>
    /// <value>0 to 0.95. The default is 0.2.</value>
    [Valid.Range(0f, 0.95f)]
    [Sweep.Range(0f, 0.6f, 0.2f)]
    public float Dropout { get; init; } = 0.2f;

    IEnumerable<Valid.ValidationResult> Valid.IValidatableObject.Validate(Valid.ValidationContext validationContext)
    {
        if (!Corners.Contains(Directions))
            yield return new Valid.ValidationResult(FormattableString.Invariant($"{nameof(Directions)}: expected 1, 2 or 4, got {Directions}"));
        if (Pooling is RnnPooling.Last or RnnPooling.LastMaxMean)
            yield return new Valid.ValidationResult($"{nameof(Pooling)}: expected Max, Mean or Attention, got {Pooling}: a grid has no last state");
        if (Layer == RnnGridLayer.ReNet && Cell == RnnGridCell.StableLstm)
            yield return new Valid.ValidationResult(
                $"{nameof(Cell)}: expected Lstm, Gru or Elman when {nameof(Layer)} is ReNet, got {Cell}: only MultiDimensional supports it");
    }

    /// <summary>Returns the options of a network with one output per grid.</summary>
    internal RnnNetworkOptions ToPooled() => new()
    {
        Layers = Layers,
        HiddenSize = HiddenSize,
        Dropout = Dropout,
        Pooling = Pooling,
        Grid = Encoding(hasStatesOfCells: false),
    };

    /// <summary>Returns the options of a network with an output for each cell.</summary>
    internal RnnTaggingNetworkOptions ToTagging() => new()
    {
        Layers = Layers,
        HiddenSize = HiddenSize,
        Dropout = Dropout,
        // The cells of a grid are in no sequence whose tags could depend on each other.
        Dependency = RnnTagDependency.None,
        Grid = Encoding(hasStatesOfCells: true),
    };

    private GridEncoding Encoding(bool hasStatesOfCells) => new(Layer, Cell, Directions, PatchHeight, PatchWidth, Subsampling, hasStatesOfCells);
}
