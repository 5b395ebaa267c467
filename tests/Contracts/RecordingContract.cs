using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>What the contracts of recordings share: frames of three values, and rows of them that are hard to read.</summary>
public abstract class RecordingContract : TrainerContract
{
    internal const int FrameSize = 3, Steps = 6;

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    protected override string Score => "Score";

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        IDataView prepared = Model.Prepared;
        yield return (ml.Transforms.DropColumns("Frames").Fit(prepared).Transform(prepared), ["input column 'Frames'", "Vector<Single> with FrameSize"], true);
        yield return (ml.Transforms.CopyColumns("Frames", "Id").Fit(prepared).Transform(prepared), ["input column 'Frames'", "Vector<Single>", "Single"], true);
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [1], [50, 51, 52], [float.NaN, 1, 2], [float.PositiveInfinity, float.NegativeInfinity, 0], [1e30f, -1e30f, 1e-30f], [50, 51, 52, 53],
        [.. Enumerable.Repeat(float.NaN, 30)], [.. Enumerable.Range(0, 6000).Select(i => 50f + i % 7)],
    }.Select(frames => new FramesRow { Frames = frames }));

    private sealed class FramesRow
    {
        public float[] Frames { get; set; } = [];
    }
}
