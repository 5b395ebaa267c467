using Microsoft.ML;
using MlNetRnn.Options;

namespace MlNetRnn.Contracts;

/// <summary>The contract of the captioning model with deformed regions: the regions are the cells of a grid of two by two.</summary>
public sealed class CaptioningOfGridContract : RnnCaptioningContract
{
    protected override string GoldenName => "CaptioningOfGrid";

    protected override string[] Inputs => ["Features"];

    protected override RnnCaptioningOptions Captioning => base.Captioning with
    {
        BoxesColumnName = null,
        GridWidth = 2,
        GridHeight = 2,
        Sampling = RnnTargetSampling.Uniform,
        Network = base.Captioning.Network with { Attention = RnnAttention.General, DeformRegions = true },
    };

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml) =>
    [
        (Drop(ml, "Features"), ["column 'Features'", "Vector<Single>"], true),
        (Copy(ml, "Features", "Id"), ["column 'Features'", "Vector<Single>", "Single"], true),
        (Drop(ml, "Label"), ["input column 'Label'", "String"], false),
    ];

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [.. Enumerable.Range(0, 12).Select(i => 50f + i)], [.. Enumerable.Repeat(float.NaN, 12)], [.. Enumerable.Repeat(float.PositiveInfinity, 12)],
        [1e30f, -1e30f, 1e-30f, .. Enumerable.Repeat(0f, 9)], [float.MaxValue, float.MinValue, 0, .. Enumerable.Repeat(50f, 9)],
        [.. Enumerable.Range(0, 12).Select(i => i % 3 == 0 ? float.NaN : i)], [.. Enumerable.Range(0, 12).Select(i => -1f * i)], new float[12], [],
    }.Select(features => new HardRow { Features = features }));

    private sealed class HardRow
    {
        public float[] Features { get; set; } = [];
    }
}
