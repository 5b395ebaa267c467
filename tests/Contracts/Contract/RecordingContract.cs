using Microsoft.ML;
using MlNetRnn.Modules;
using MlNetRnn.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the contracts for recordings: frames of three values, and rows of frames that are hard to read.</summary>
public abstract class RecordingContract : TrainerContract
{
    internal const int FrameSize = 3, Steps = 6;

    protected override string[] Outputs => ["PredictedLabel", "Score"];

    protected override string Score => "Score";

    protected override IEstimator<ITransformer> Preparation(MLContext ml) => ml.Transforms.Conversion.MapValueToKey("Label");

    protected override IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml)
    {
        yield return (ml.DropColumn(Model.Prepared, "Frames"), ["input column 'Frames'", "Vector<Single> with FrameSize"], true);
        yield return (ml.CopyColumn(Model.Prepared, "Frames", "Id"), ["input column 'Frames'", "Vector<Single>", "Single"], true);
    }

    protected override IDataView HardRows(MLContext ml) => ml.Data.LoadFromEnumerable(new float[][]
    {
        [], [1], [50, 51, 52], [float.NaN, 1, 2], [float.PositiveInfinity, float.NegativeInfinity, 0], [1e30f, -1e30f, 1e-30f], [50, 51, 52, 53],
        [.. Enumerable.Repeat(float.NaN, 30)], [.. Enumerable.Range(0, 6000).Select(i => 50f + i % 7)],
    }.Select(frames => new FramesRow { Frames = frames }));

    private protected static InputLayer Input(ParameterSet parameters) => new FrameInput(parameters, [1, 2, 3], [1, 1, 2], [10, 10, 10]);

    /// <summary>Creates one row of two frames, the second with a missing value.</summary>
    private protected static SequenceStore TwoFrames()
    {
        var sequences = new SequenceStore(FrameSize);
        sequences.Add([1f, 5, 2]);
        sequences.Add([2f, float.NaN, 1]);
        sequences.EndSequence();
        return sequences;
    }

    private sealed class FramesRow
    {
        public float[] Frames { get; set; } = [];
    }
}
