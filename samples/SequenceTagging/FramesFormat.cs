using Microsoft.ML;

namespace MlNetRnn.Samples.SequenceTagging;

/// <summary>A frame a line: numbers, and its tag at the end.</summary>
internal sealed class FramesFormat : TaggedFormat
{
    private FrameFile? _first;
    private int _frameSize;

    public FramesFormat(int? tokenColumn, int? tagColumn)
    {
        if (tokenColumn is not null || tagColumn is not null) throw new FileException("expected neither --token-column nor --tag-column with --format frames, whose tag is the last column and whose other columns are numbers");
    }

    public override string InputColumn => nameof(TaggedFrames.Steps);

    public override string LabelColumn => nameof(TaggedFrames.Label);

    public override int FrameSize => _frameSize;

    public override string Rows => "sequences";

    public override IDataView Load(MLContext ml, string path)
    {
        var file = new FrameFile(path);
        int size = file.FrameSize();
        if (_first is null) (_first, _frameSize) = (file, size);
        else if (size != _frameSize) throw new FileException($"{path}: expected {_frameSize} numbers a frame as in {_first.Path}, got {size}");
        return ml.Data.LoadFromEnumerable(file.Read());
    }
}
