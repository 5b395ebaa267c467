using MlNetRnn.Columns;

namespace MlNetRnn.Tasks;

/// <summary>Creates the task for each name in a model file: an additional task is one file and one line here.</summary>
internal static class RnnTasks
{
    private static readonly Dictionary<string, Func<TaskSpec, KeyValues?, RnnTask>> ByName = new(StringComparer.Ordinal)
    {
        [ClassificationTask.TaskName] = (spec, labels) => new ClassificationTask(spec, labels),
        [BinaryClassificationTask.TaskName] = (spec, _) => new BinaryClassificationTask(spec),
        [RegressionTask.TaskName] = (spec, _) => new RegressionTask(spec),
        [TaggingTask.TaskName] = (spec, labels) => new TaggingTask(spec, labels),
    };

    /// <summary>Creates a task.</summary>
    /// <exception cref="FormatException">The task is unknown: the model was saved by a newer version.</exception>
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
