using System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>
/// Options for an additional input column of the sequence tagger: a column with a value for each step, such as part of speech, capitalization or measurements.
/// </summary>
public sealed record RnnAdditionalColumnOptions
{
    /// <summary>
    /// Name of the column: <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with one value per step, or <c>Vector&lt;Single&gt;</c> with
    /// <see cref="FrameSize"/> numbers per step.
    /// </summary>
    [Required]
    public required string ColumnName { get; init; }

    /// <summary>Number of numbers per step. 0 for text and keys.</summary>
    /// <value>0 to 8,192. The default is 0.</value>
    [Range(0, 8192)]
    public int FrameSize { get; init; }

    /// <summary>
    /// Size of the vector that a text or key becomes. Ignored for numeric columns, whose numbers are standardized to mean 0 and standard deviation 1.
    /// </summary>
    /// <value>1 to 1,024. The default is 16.</value>
    [Range(1, 1024)]
    public int EmbeddingSize { get; init; } = 16;
}
