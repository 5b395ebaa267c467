using Microsoft.ML;

namespace MlNetRnn.Fitting;

/// <summary>
/// Lets an experiment follow, seed and end the trainings inside a pipeline that somebody else has built: what it says holds for every trainer that is fitted
/// on the same thread, or by what that thread starts.
/// </summary>
internal abstract class FollowedTraining
{
    private static readonly AsyncLocal<FollowedTraining?> Follower = new();

    /// <summary>Who follows trainings here; null for nobody.</summary>
    public static FollowedTraining? Current => Follower.Value;

    /// <summary>Fits a pipeline whose trainings are followed.</summary>
    public ITransformer Fit(IEstimator<ITransformer> pipeline, IDataView rows)
    {
        FollowedTraining? outer = Follower.Value;
        Follower.Value = this;
        try
        {
            return pipeline.Fit(rows);
        }
        finally
        {
            Follower.Value = outer;
        }
    }

    /// <summary>A training begins.</summary>
    /// <param name="own">The trainer's options.</param>
    /// <param name="input">Its training data.</param>
    /// <param name="columns">The columns that it reads.</param>
    /// <returns>The options to train with.</returns>
    public abstract RnnTrainingOptions Begin(RnnTrainingOptions own, IDataView input, string[] columns);

    /// <summary>The training has ended, in one way or another.</summary>
    public abstract void End();
}
