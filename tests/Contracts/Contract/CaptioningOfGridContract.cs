using Microsoft.ML;
using Microsoft.ML.Data;
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

    /// <summary>Boxes of a block are computed together; those of an ensemble, whose members deform regions differently, are the cells of the grid.</summary>
    [Fact]
    public void Boxes_are_those_of_the_row_and_of_an_ensemble_the_cells()
    {
        var model = (RnnCaptioningTransformer)Model.Transformer;
        float[][] features = [.. Model.Prepared.GetColumn<float[]>("Features").Take(5)];
        float[][] column = [.. model.Transform(Model.Prepared).GetColumn<float[]>("RegionBoxes").Take(5)];
        for (int i = 0; i < features.Length; i++)
        {
            IReadOnlyList<RnnRegionBox> alone = Model.Ml.Rnn().CreateCaptioner(model).Caption(features[i]).Boxes;
            Assert.Equal(column[i], alone.SelectMany(box => new[] { box.Left, box.Top, box.Width, box.Height }), (a, b) => Math.Abs(a - b) < 1e-5);
        }
        Assert.NotEqual(column[0], column[1]);
        RnnCaptioningTransformer ensemble = Model.Ml.Rnn().CreateEnsemble(model, model);
        Assert.Equal(
            from top in new[] { 0, 0.5f }
            from left in new[] { 0, 0.5f }
            select new RnnRegionBox(left, top, 0.5f, 0.5f),
            Model.Ml.Rnn().CreateCaptioner(ensemble).Caption(features[0]).Boxes);
    }

    private sealed class HardRow
    {
        public float[] Features { get; set; } = [];
    }
}
