using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>Height and width of the grids of a column, as far as they are the same for all rows.</summary>
/// <param name="Height">The number of rows; 0 if it differs.</param>
/// <param name="Width">The number of columns; 0 if it differs.</param>
/// <param name="Channels">The number of numbers per cell; 0 if it is no dimension of the column.</param>
internal readonly record struct GridExtent(int Height, int Width, int Channels)
{
    private const string Role = "input";
    private const int MostColors = 4, MostChannels = 8192;

    /// <summary>
    /// Returns whether the first of three dimensions are the channels, as ExtractPixels writes them: the given number of them, or 1 to 4 where the last
    /// dimension is greater. Null if it cannot be decided.
    /// </summary>
    /// <param name="type">The type of a column.</param>
    /// <param name="channels">The number of numbers per cell; 0 if it is not known.</param>
    public static bool? HasChannelsFirst(DataViewType type, int channels)
    {
        if (type is not VectorDataViewType { Dimensions: [var first, _, var last] }) return false;
        bool AreChannels(int size) => channels > 0 ? size == channels : size is > 0 and <= MostColors;
        return AreChannels(first) && AreChannels(last) ? null : AreChannels(first);
    }

    /// <summary>Returns the sizes that the type of a column has as dimensions, or else those of the settings.</summary>
    /// <param name="column">The column.</param>
    /// <param name="channels">The number of numbers per cell; 0 if it is not known.</param>
    /// <param name="reading">The settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">Type and settings contradict each other, or they do not determine the size of a grid.</exception>
    public static GridExtent Of(DataViewSchema.Column column, int channels, GridReading reading)
    {
        var type = (VectorDataViewType)column.Type;
        GridExtent own = type.Dimensions switch
        {
            [var height, var width] => new(height, width, 1),
            [var first, var second, var third] => reading.ChannelsFirst ? new(second, third, first) : new(first, second, third),
            [_] => default,
            _ => throw Mistyped("two or three dimensions: height, width and channels", $"{type.Dimensions.Length} dimensions", "Join some of them."),
        };
        // A model whose training data had dimensions has no settings, so that it reads columns with other dimensions.
        RequireEqual("Height", own.Height, reading.Height);
        RequireEqual("Width", own.Width, reading.Width);
        RequireEqual("Channels", own.Channels, channels);
        var extent = new GridExtent(Known(own.Height, reading.Height), Known(own.Width, reading.Width), Known(own.Channels, channels));
        if (extent is { Height: 0, Width: 0 } && reading.SizeColumn is null)
            throw Mistyped(
                "dimensions of a grid, Height or Width, or SizeColumnName", $"{type}", "Set Height and Width, or give the column two or three dimensions.");
        if (extent.Channels > MostChannels)
            throw Mistyped($"at most {MostChannels} channels", $"{extent.Channels} ({type})", "Use the order height, width, channels, or set ChannelsFirst.");
        long whole = (long)Math.Max(1, extent.Height) * Math.Max(1, extent.Width) * Math.Max(1, extent.Channels);
        bool isFixed = extent is { Height: > 0, Width: > 0 };
        if (type.Size > 0 && (isFixed ? type.Size != whole : type.Size % whole != 0) && reading.SizeColumn is null)
            throw Mistyped($"{(isFixed ? "" : "a multiple of ")}{extent} numbers", $"{type.Size}", "Set Height, Width and Channels to those of the data.");
        return extent;

        void RequireEqual(string setting, int ofType, int wanted)
        {
            if (ofType > 0 && wanted > 0 && ofType != wanted)
                throw Mistyped(string.Create(CultureInfo.InvariantCulture, $"{setting} = {wanted}"), $"{ofType} ({type})", "Set it to that of the column.");
        }

        ArgumentOutOfRangeException Mistyped(string expected, string got, string remedy) =>
            SchemaMismatch.Mistyped(Role, column.Name, expected, got, remedy, nameof(column));
    }

    /// <summary>Returns height and width of a grid.</summary>
    /// <param name="numbers">The number of its numbers, more than 0.</param>
    /// <param name="given">Height and width by the column with the sizes; null without such a column.</param>
    /// <returns>Null if the numbers do not fill a grid.</returns>
    public (int Height, int Width)? SizeOf(int numbers, (int Height, int Width)? given)
    {
        int cells = numbers / Channels;
        (int height, int width) = given ?? (Known(Height, cells / Math.Max(1, Width)), Known(Width, cells / Math.Max(1, Height)));
        bool contradicts = Height > 0 && height != Height || Width > 0 && width != Width;
        return height > 0 && width > 0 && !contradicts && (long)height * width * Channels == numbers ? (height, width) : null;
    }

    /// <summary>Returns the product in words.</summary>
    public override string ToString()
    {
        string Part(int size, string name) => size > 0 ? size.ToString(CultureInfo.InvariantCulture) : name;
        return $"{Part(Height, "height")} × {Part(Width, "width")} × {Part(Channels, "channels")}"
            + (this is { Height: > 0, Width: > 0, Channels: > 0 } ? $" = {(long)Height * Width * Channels}" : "");
    }

    private static int Known(int first, int second) => first > 0 ? first : second;
}
