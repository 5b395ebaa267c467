using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>
/// A vector of numbers that holds frames of the same size, one after another, such as audio, video or sensor data. NaN and infinite numbers are missing
/// values.
/// </summary>
internal class FramesKind : SequenceKind
{
    public override string Name => "Frames";

    public override string Description => "Vector<Single> with FrameSize";

    public override bool HasFrames => true;

    public override bool Accepts(DataViewType type) =>
        type is VectorDataViewType { ItemType: NumberDataViewType { RawType: var raw } } && raw == typeof(float);

    public override bool Accepts(SchemaShape.Column column) => column.IsVector() && column.ItemType == NumberDataViewType.Single;

    public override Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target)
    {
        ValueGetter<VBuffer<float>> get = source.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;
        var frame = new float[reading.FrameSize];
        return () =>
        {
            get(ref values);
            ReadOutcome outcome = ReadOutcome.Whole;
            int filled = 0;
            foreach (float value in values.DenseValues())
            {
                if (filled == 0 && target.OpenLength == reading.MaximumLength)
                {
                    outcome = ReadOutcome.Cut;
                    break;
                }
                frame[filled++] = float.IsFinite(value) ? value : float.NaN;
                if (filled < frame.Length) continue;
                target.Add(frame);
                filled = 0;
            }
            if (filled > 0)
            {
                frame.AsSpan(filled).Fill(float.NaN);
                target.Add(frame);
                outcome = ReadOutcome.IncompleteFrame;
            }
            target.EndSequence();
            return new ReadResult(outcome, (values.Length + frame.Length - 1) / frame.Length);
        };
    }
}
