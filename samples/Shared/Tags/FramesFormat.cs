using Microsoft.ML;

namespace MlNetRnn.Samples.Tags;

/// <summary>The format of frames: one per line, its numbers followed by its tag.</summary>
public sealed class FramesFormat : TaggedFormat
{
    private readonly bool _skipComments;
    private FrameFile? _first;
    private int _frameSize;

    public FramesFormat(FormatOptions options)
    {
        if (options.TokenColumn is not null || options.TagColumn is not null)
        {
            throw new FileException("--format frames: expected neither --token-column nor --tag-column, because the last column is the tag "
                + "and all others are numbers. Leave them out.");
        }
        _skipComments = options.SkipComments;
    }

    public override string InputColumn => nameof(TaggedFrames.Steps);

    public override string LabelColumn => nameof(TaggedFrames.Label);

    public override int FrameSize => _frameSize;

    public override string Rows => "sequences";

    public override string Steps => "frames";

    public override IDataView Load(MLContext ml, IReadOnlyList<string> paths)
    {
        FrameFile[] files = [.. paths.Select(path => new FrameFile(path, _skipComments))];
        foreach (FrameFile file in files)
        {
            int size = file.FrameSize();
            if (_first is null) (_first, _frameSize) = (file, size);
            else if (size != _frameSize)
                throw new FileException(
                    $"{file.Path}: expected {_frameSize} numbers per frame, as in {_first.Path}, got {size}. Give files of the same frames.");
        }
        return ml.Data.LoadFromEnumerable(files.SelectMany(file => file.Read()));
    }
}
