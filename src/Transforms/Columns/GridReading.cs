using System.Text.Json.Serialization;

namespace MlNetRnn.Columns;

/// <summary>The settings by which the numbers of a row become a grid. Saved in the model file.</summary>
internal sealed record GridReading
{
    /// <summary>The number of rows of each grid; 0 if it is a dimension of the column, or differs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Height { get; init; }

    /// <summary>The number of columns of each grid; 0 if it is a dimension of the column, or differs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Width { get; init; }

    /// <summary>Whether the numbers of the first channel of all cells precede those of the second; otherwise the numbers of a cell are adjacent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ChannelsFirst { get; init; }

    /// <summary>The column with height and width of each grid; null if all grids have the same size, or the same height or width.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SizeColumn { get; init; }

    /// <summary>The maximum number of cells of a grid.</summary>
    public required int MaximumCells { get; init; }
}
