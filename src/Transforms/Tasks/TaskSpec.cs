using System.Text.Json.Serialization;

namespace MlNetRnn.Tasks;

/// <summary>The description of a task in a model file.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Columns">The names of the output columns by their role.</param>
/// <param name="Classes">The number of classes or tags; 0 for tasks without classes.</param>
internal sealed record TaskSpec(string Task, IReadOnlyDictionary<string, string> Columns, int Classes)
{
    /// <summary>The settings of a tagger; null for other tasks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaggingSpec? Tagging { get; init; }

    /// <summary>The n-grams whose scores are an output of the network; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NGramSpec? NGrams { get; init; }

    /// <summary>Returns the name of the column for a role.</summary>
    /// <exception cref="FormatException">The file has no column for the role.</exception>
    public string Column(string role) => Columns.TryGetValue(role, out string? name)
        ? name
        : throw new FormatException($"Output columns: expected one for '{role}', got {string.Join(", ", Columns.Keys)}. The model file is damaged.");
}
