namespace MlNetRnn.Fitting;

/// <summary>
/// The supervisor of the trainings on the current thread and on the threads that it starts. An experiment fits pipelines that it did not build, so that it
/// cannot pass its supervisor to the trainers inside them as an argument. A trial sets it, and <see cref="RnnSequenceTrainer.Fit"/> reads it; everything
/// else receives it as a parameter.
/// </summary>
internal static class AmbientSupervisor
{
    private static readonly AsyncLocal<ITrainingSupervisor?> Supervisor = new();

    /// <summary>The supervisor; null outside of an experiment.</summary>
    public static ITrainingSupervisor? Current => Supervisor.Value;

    /// <summary>Sets the supervisor while an action runs.</summary>
    public static TResult Run<TResult>(ITrainingSupervisor supervisor, Func<TResult> action)
    {
        ITrainingSupervisor? outer = Supervisor.Value;
        Supervisor.Value = supervisor;
        try
        {
            return action();
        }
        finally
        {
            Supervisor.Value = outer;
        }
    }
}
