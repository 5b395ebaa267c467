using System.Text.Json.Serialization;
using MlNetRnn.Columns;

namespace MlNetRnn.Tasks;

/// <summary>What a model file says about its task.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Columns">The names of its output columns by their role.</param>
/// <param name="Classes">How many classes there are; 0 where the answer is no class.</param>
internal sealed record TaskSpec(string Task, IReadOnlyDictionary<string, string> Columns, int Classes)
{
    /// <summary>What a tagger needs besides; null for the other tasks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TaggingSpec? Tagging { get; init; }

    /// <exception cref="FormatException">The file names no column for this role.</exception>
    public string Column(string role) => Columns.TryGetValue(role, out string? name)
        ? name
        : throw new FormatException($"Output columns: expected one for '{role}', got {string.Join(", ", Columns.Keys)}. The model file is damaged.");
}

/// <summary>The one door to the tasks: an additional task is one file and one line here.</summary>
internal static class RnnTasks
{
    private static readonly Dictionary<string, Func<TaskSpec, KeyValues?, RnnTask>> ByName = new(StringComparer.Ordinal)
    {
        [ClassificationTask.TaskName] = (spec, labels) => new ClassificationTask(spec, labels),
        [BinaryClassificationTask.TaskName] = (spec, _) => new BinaryClassificationTask(spec),
        [RegressionTask.TaskName] = (spec, _) => new RegressionTask(spec),
        [TaggingTask.TaskName] = (spec, labels) => new TaggingTask(spec, labels),
    };

    /// <exception cref="FormatException">No such task: the model was saved by a newer version.</exception>
    public static RnnTask Create(TaskSpec spec, KeyValues? labels)
    {
        if (labels is not null && labels.Count != spec.Classes)
            throw new FormatException($"Labels: expected {spec.Classes}, got {labels.Count}. The model file is damaged.");
        return Find(spec)(spec, labels);
    }

    private static Func<TaskSpec, KeyValues?, RnnTask> Find(TaskSpec spec) => ByName.TryGetValue(spec.Task, out var create)
        ? create
        : throw new FormatException($"Task: expected one of {string.Join(", ", ByName.Keys)}, got '{spec.Task}'. Update MlNetRnn.Transforms.");
}
