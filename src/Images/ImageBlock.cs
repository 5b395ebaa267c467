using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Images.Caching;
using MlNetRnn.Images.Features;
using MlNetRnn.Images.Pixels;
using MlNetRnn.Kernels;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Images;

/// <summary>
/// A block of images, whose features are computed on all cores when the first one is read. A row without a usable image throws when it is read.
/// </summary>
internal sealed class ImageBlock : IRowBlock
{
    /// <summary>The maximum number of pixels of the images of a block, unless one image has more. A cursor may keep the images of a block.</summary>
    private const long MaximumPixels = 1 << 25;

    /// <summary>The maximum number of rows: enough for all cores, because the pixels of a row have 600 kB.</summary>
    private static readonly int MaximumRows = Math.Clamp(Environment.ProcessorCount, 8, BatchedCursor.LargestBlock);

    private readonly ReadPicture _read;
    private readonly DataViewRow _source;
    private readonly string _column;
    private readonly ResNet18 _network;
    private readonly FeatureCache? _cache;
    private readonly IReadOnlyList<ImageFeature> _all;
    private readonly bool[] _needed;
    private readonly List<Entry> _entries = [];                 // reused by the next block
    private int _count;
    private long _pixels;
    private bool _computed;

    public ImageBlock(
        DataViewRow source,
        DataViewSchema.Column column,
        Lazy<PictureResizing> resizing,
        ResNet18 network,
        FeatureCache? cache,
        IReadOnlyList<ImageFeature> features)
    {
        (_source, _column, _network, _cache, _all, _needed) = (source, column.Name, network, cache, features, new bool[features.Count]);
        _read = PictureKinds.Open(source, column, resizing);
    }

    public bool IsFull => _count == MaximumRows || _pixels >= MaximumPixels;

    public void Clear() => (_count, _pixels, _computed) = (0, 0, false);

    public void Read()
    {
        if (_count == _entries.Count) _entries.Add(new Entry(_all));
        Entry entry = _entries[_count++];
        (entry.Fault, long pixels) = _read(entry.Pixels);
        entry.Position = _source.Position;
        _pixels += pixels;
    }

    public Delegate CreateGetter(int output, Func<int> current)
    {
        _needed[output] = true;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> target) =>
        {
            Entry entry = _entries[current()];
            if (entry.Fault is { } fault)
                throw new InvalidOperationException(FormattableString.Invariant($"Image column '{_column}', row {entry.Position}: {fault}"));
            if (!_computed)
            {
                InParallel.For(_count, i => Compute(_entries[i]), Environment.ProcessorCount);
                _computed = true;
            }
            VBufferEditor<float> editor = VBufferEditor.Create(ref target, _all[output].Length);
            entry.Results[output].CopyTo(editor.Values);
            target = editor.Commit();
        });
    }

    private void Compute(Entry entry)
    {
        if (entry.Fault is not null) return;
        var missing = new List<(ImageFeature Feature, float[] Result, string? File)>();
        for (int i = 0; i < _all.Count; i++)
        {
            if (!_needed[i]) continue;
            string? file = _cache?.FileOf(entry.Pixels, _all[i]);
            if (file is null || !_cache!.TryRead(file, entry.Results[i])) missing.Add((_all[i], entry.Results[i], file));
        }
        if (missing.Count == 0) return;
        _network.Run(entry.Pixels, [.. missing.Select(m => m.Feature)], [.. missing.Select(m => m.Result)]);
        foreach ((_, float[] result, string? file) in missing)
            if (file is not null) _cache!.Write(file, result);
    }

    /// <summary>A row.</summary>
    private sealed class Entry(IReadOnlyList<ImageFeature> features)
    {
        public float[] Pixels { get; } = new float[PictureSize.Numbers];

        public float[][] Results { get; } = [.. features.Select(feature => new float[feature.Length])];

        public string? Fault { get; set; }

        public long Position { get; set; }
    }
}
