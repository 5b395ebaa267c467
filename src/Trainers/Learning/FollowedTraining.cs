using Microsoft.ML;

namespace MlNetRnn.Learning;

/// <summary>
/// Lets an experiment follow, seed and end the trainings inside a pipeline that somebody else has built: what it says holds for every trainer that is fitted
/// on the same thread, or by what that thread starts.
/// </summary>
internal static class FollowedTraining
{
    private static readonly AsyncLocal<Func<RnnTrainingOptions, IDataView, string[], RnnTrainingOptions>?> Change = new();

    /// <summary>Fits a pipeline whose trainings are followed.</summary>
    /// <param name="change">Gives the options to train with in place of a trainer's own, from those, its training data, and the columns that it reads.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="rows">The rows to fit it to.</param>
    public static ITransformer Fit(Func<RnnTrainingOptions, IDataView, string[], RnnTrainingOptions> change, IEstimator<ITransformer> pipeline, IDataView rows)
    {
        Change.Value = change;
        try
        {
            return pipeline.Fit(rows);
        }
        finally
        {
            Change.Value = null;
        }
    }

    /// <summary>The options to train with.</summary>
    public static RnnTrainingOptions Of(RnnTrainingOptions own, IDataView input, params string[] columns) => Change.Value is { } change ? change(own, input, columns) : own;
}
