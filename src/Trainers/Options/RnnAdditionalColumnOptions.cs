using System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>A column that says something of each step besides the sequence itself: part of speech, capitals, measurements.</summary>
public sealed record RnnAdditionalColumnOptions
{
    /// <summary>The column: <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with a value a step, or <c>Vector&lt;Single&gt;</c> with <see cref="FrameSize"/> numbers a step.</summary>
    [Required]
    public required string ColumnName { get; init; }

    /// <summary>How many numbers the column has for each step: 0 to 8,192; 0 for text and keys.</summary>
    /// <value>The default is 0.</value>
    [Range(0, 8192)]
    public int FrameSize { get; init; }

    /// <summary>The size of the vector that a text or key becomes: 1 to 1024. Numbers are taken as they are, with mean 0 and deviation 1.</summary>
    /// <value>The default is 16.</value>
    [Range(1, 1024)]
    public int EmbeddingSize { get; init; } = 16;
}
