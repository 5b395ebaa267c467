using MlNetRnn.Columns;
using MlNetRnn.Tasks;

namespace MlNetRnn.Model;

/// <summary>Models of the same task, columns and labels, whose outputs are combined. Immutable and thread-safe.</summary>
internal sealed class RnnEnsemble
{
    /// <summary>Creates an ensemble.</summary>
    /// <exception cref="ArgumentException">The list of models is empty, or the models do not match.</exception>
    public RnnEnsemble(IReadOnlyList<RnnModel> members)
    {
        if (members.Count == 0) throw new ArgumentException("Ensemble: expected at least one model, got none.", nameof(members));
        for (int i = 1; i < members.Count; i++)
            if (Difference(members[0], members[i]) is { } difference)
                throw new ArgumentException($"Ensemble: expected models with the same {difference} (models 1 and {i + 1}).", nameof(members));
        Members = members;
        Task = RnnTasks.Create(members[0].Task.EnsembleSpec, members[0].Labels);
    }

    public IReadOnlyList<RnnModel> Members { get; }

    /// <summary>Turns the combined outputs into columns.</summary>
    public RnnTask Task { get; }

    /// <summary>Returns the file of a member, given the file of the ensemble: <c>NAME.1.onnx</c>, <c>NAME.2.onnx</c>, …</summary>
    public static string FileOf(string path, int member) =>
        Path.ChangeExtension(path, FormattableString.Invariant($"{member + 1}{Path.GetExtension(path)}"));

    /// <summary>Returns the prefix of the names of a member's parts in a model file.</summary>
    public static string PartPrefix(int member) => FormattableString.Invariant($"Member{member}.");

    /// <summary>Returns the first difference of two models that prevents their combination; null for none.</summary>
    private static string? Difference(RnnModel a, RnnModel b)
    {
        TaskSpec one = a.Task.EnsembleSpec, other = b.Task.EnsembleSpec;
        if (one.Task != other.Task) return $"task, got {a.Task.Description} and {b.Task.Description}. Combine models of one task";
        if (one.Classes != other.Classes || !Same(a.Labels?.ToJson(), b.Labels?.ToJson()))
            return $"labels, got {Labels(a)} and {Labels(b)}. Train them with keys of one MapValueToKey";
        if (one.Columns.Count != other.Columns.Count || one.Columns.Any(column => other.Columns.GetValueOrDefault(column.Key) != column.Value)
            || one.Tagging != other.Tagging || one.NGrams != other.NGrams)
            return $"output columns, got {Names(one)} and {Names(other)}. Train them with the same column options";
        if (!a.Inputs.Select(Reading).SequenceEqual(b.Inputs.Select(Reading)))
            return "input columns and the same division into steps, got different ones. Train them with the same input options, and the same MaximumLength";
        return null;

        // The case of words does not change the steps.
        static object Reading(SequenceInput input) => (input.ColumnName, input.Reading with { LowerCase = false });

        static bool Same(byte[]? one, byte[]? other) => (one is null) == (other is null) && one.AsSpan().SequenceEqual(other);

        static string Labels(RnnModel model) => model.Labels is { } labels ? string.Join(", ", labels.Names) : $"{model.Task.EnsembleSpec.Classes} classes";

        static string Names(TaskSpec spec) => string.Join(", ", spec.Columns.Values);
    }
}
