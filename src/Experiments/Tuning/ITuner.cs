namespace MlNetRnn.Experiments;

/// <summary>Proposes the options of trials. Called by one thread at a time.</summary>
/// <remarks>
/// A proposal must depend only on the arguments and on the previous calls, in their order, so that an experiment is reproducible and can continue from a
/// checkpoint. Draw random numbers
/// from <see cref="TrialSettings.Seed"/>. An experiment that continues from a checkpoint repeats the same calls.
/// </remarks>
public interface ITuner
{
    /// <summary>Proposes the options of a trial.</summary>
    /// <param name="settings">The trial: its number, its seed and the options that are searched.</param>
    /// <returns>A number from 0 to 1 for each of <see cref="TrialSettings.Dimensions"/>.</returns>
    IReadOnlyList<double> Propose(TrialSettings settings);

    /// <summary>Receives the result of a trial; failed trials have an infinite loss.</summary>
    /// <param name="result">The result; results come in the order of the trials.</param>
    void Update(TrialResult result);
}
