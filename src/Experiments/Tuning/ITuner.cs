namespace MlNetRnn.Experiments;

/// <summary>Chooses what to try next. Called by one thread at a time.</summary>
/// <remarks>
/// So that an experiment gives the same table again and a killed one can go on, what a tuner proposes may depend on its arguments and on the results it
/// was told, in this order, and on nothing else: draw random numbers from <see cref="TrialSettings.Seed"/>. An experiment that goes on from a checkpoint
/// makes the same calls again.
/// </remarks>
public interface ITuner
{
    /// <summary>What to try in a trial.</summary>
    /// <param name="settings">The trial: its number, its seed and the options that are searched.</param>
    /// <returns>A number from 0 to 1 for each of <see cref="TrialSettings.Dimensions"/>.</returns>
    IReadOnlyList<double> Propose(TrialSettings settings);

    /// <summary>Learns of the result of a trial; failed ones have an infinite loss.</summary>
    /// <param name="result">The result, in the order of the trials.</param>
    void Update(TrialResult result);
}
