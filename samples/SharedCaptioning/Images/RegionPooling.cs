using Microsoft.ML.Transforms;

namespace MlNetRnn.Samples.Captioning;

/// <summary>
/// Makes a vector for each box of an image: the mean of the cells of the grid under the box, each weighted with the area that the box covers. A transform of
/// ML.NET, so that it is a part of the saved model.
/// </summary>
[CustomMappingFactoryAttribute(ContractName)]
internal sealed class RegionPooling : CustomMappingFactory<GridAndBoxes, PooledRegions>
{
    /// <summary>The name by which ML.NET finds the transform when it loads a model.</summary>
    public const string ContractName = "MlNetRnn.Samples.RegionPooling";

    /// <summary>The number of cells in a row and in a column.</summary>
    public const int Side = 7;

    private const int Size = RnnImageFeaturesTransformer.RegionSize, BoxSize = 4;

    public override Action<GridAndBoxes, PooledRegions> GetMapping() => (row, pooled) => pooled.Regions = Pool(row.ImageGrid, row.Boxes);

    /// <summary>Returns the vectors of boxes, one after another.</summary>
    /// <param name="grid">The vectors of the cells, in rows from the top left.</param>
    /// <param name="boxes">Left, top, width and height of each box, as shares of the image.</param>
    public static float[] Pool(float[] grid, float[] boxes)
    {
        int count = boxes.Length / BoxSize;
        var regions = new float[count * Size];
        for (int i = 0; i < count; i++) Pool(grid, boxes.AsSpan(i * BoxSize, BoxSize), regions.AsSpan(i * Size, Size));
        return regions;
    }

    private static void Pool(float[] grid, ReadOnlySpan<float> box, Span<float> region)
    {
        float sum = 0;
        for (int row = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++)
            {
                float area = Overlap(column, box[0], box[2]) * Overlap(row, box[1], box[3]);
                if (area <= 0) continue;
                sum += area;
                ReadOnlySpan<float> cell = grid.AsSpan((row * Side + column) * Size, Size);
                for (int i = 0; i < Size; i++) region[i] += area * cell[i];
            }
        }
        if (sum <= 0) return;
        foreach (ref float number in region) number /= sum;
    }

    /// <summary>Returns the length of the part of a cell that a box covers, in one direction. A box without an extent covers a little of its cell.</summary>
    private static float Overlap(int cell, float start, float length)
    {
        float from = Math.Clamp(start * Side, 0, Side - 0.01f), to = Math.Clamp((start + length) * Side, from + 0.01f, Side);
        return Math.Max(0, Math.Min(cell + 1, to) - Math.Max(cell, from));
    }
}

/// <summary>The columns that <see cref="RegionPooling"/> reads.</summary>
internal sealed class GridAndBoxes
{
    public float[] ImageGrid { get; set; } = [];

    public float[] Boxes { get; set; } = [];
}

/// <summary>The column that <see cref="RegionPooling"/> adds.</summary>
internal sealed class PooledRegions
{
    public float[] Regions { get; set; } = [];
}
