using System.Numerics.Tensors;

namespace MlNetRnn.Tasks;

/// <summary>A model of an ensemble, with its results for the rows of a block.</summary>
/// <param name="Task">The task of the model.</param>
/// <param name="Results">The results of the model.</param>
internal readonly record struct EnsembleMember(RnnTask Task, IRowResults Results)
{
    /// <summary>Returns values of a member.</summary>
    internal delegate ReadOnlySpan<float> Values(EnsembleMember member);

    /// <summary>Returns the mean of the values of members.</summary>
    public static float[] Mean(IReadOnlyList<EnsembleMember> members, Values values)
    {
        float[] sum = values(members[0]).ToArray();
        for (int i = 1; i < members.Count; i++) TensorPrimitives.Add(sum, values(members[i]), sum);
        TensorPrimitives.Multiply(sum, 1f / members.Count, sum);
        return sum;
    }
}
