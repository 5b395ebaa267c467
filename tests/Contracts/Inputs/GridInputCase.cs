using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Small grids and a small network, for tests of the columns that hold grids.</summary>
public abstract class GridInputCase
{
    private protected static readonly RnnGridNetworkOptions Network = new() { HiddenSize = 4, Dropout = 0 };
    private protected static readonly RnnGridClassificationOptions Options = new()
    {
        InputColumnName = "Pixels",
        Network = Network,
        Training = new() { MaxEpochs = 2, ValidationFraction = 0, Threads = 1, Seed = 1 },
    };

    private protected readonly MLContext _ml = new(1);

    private protected RnnTransformer Fit(RnnGridClassificationOptions options, IDataView data) =>
        _ml.MulticlassClassification.Trainers.RnnGridClassification(options).Fit(_ml.MapToKeys(data));

    private protected static float[][] Numbers(int rows, int size) =>
        [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, size).Select(i => (float)((row * 7 + i * 3) % 11)).ToArray())];

    /// <summary>Creates rows whose grids have the same dimensions.</summary>
    private protected IDataView Grids(float[][] numbers, params int[] dimensions) => Grids(numbers, (0, 0), dimensions);

    private protected IDataView Grids(float[][] numbers, (int Height, int Width) size, params int[] dimensions)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Pixels)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return _ml.Data.LoadFromEnumerable(Labeled(numbers, [.. numbers.Select(_ => size)]), schema);
    }

    private protected IDataView Sized(float[][] numbers, int height, int width) => Sized(numbers, [.. numbers.Select(_ => (height, width))]);

    /// <summary>Creates rows with a column of sizes.</summary>
    private protected IDataView Sized(float[][] numbers, (int Height, int Width)[] sizes) => _ml.Data.LoadFromEnumerable(Labeled(numbers, sizes));

    private static IEnumerable<Row> Labeled(float[][] numbers, (int Height, int Width)[] sizes) => numbers.Select((row, i) => new Row
    {
        Id = i,
        Label = "abc"[i % 3].ToString(),
        Pixels = row,
        Size = [sizes[i].Height, sizes[i].Width],
        Halves = [sizes[i].Height / 2f, sizes[i].Width / 2f],
    }).ToArray();

    private protected sealed class Row
    {
        public float Id { get; set; }

        public string Label { get; set; } = "";

        public float[] Pixels { get; set; } = [];

        [VectorType(2)]
        public int[] Size { get; set; } = [];

        [VectorType(2)]
        public float[] Halves { get; set; } = [];
    }

    private protected sealed class SizedSegments
    {
        public float[] Pixels { get; set; } = [];

        public string[] Cells { get; set; } = [];

        [VectorType(2)]
        public int[] Size { get; set; } = [];
    }

    private protected sealed class SegmentedRow
    {
        [VectorType(2, 3)]
        public float[] Pixels { get; set; } = [];

        public string[] Cells { get; set; } = [];
    }
}
