using Microsoft.ML;

namespace MlNetRnn.Fitting;

/// <summary>
/// Chooses the options of a training that is a part of something larger, such as a trial of an experiment: seed, threads, validation set, cancellation,
/// progress.
/// </summary>
internal interface ITrainingSupervisor
{
    /// <summary>Begins a training.</summary>
    /// <param name="own">The trainer's options.</param>
    /// <param name="input">Its training data.</param>
    /// <param name="columns">The columns that it reads.</param>
    /// <returns>The options to train with.</returns>
    RnnTrainingOptions Begin(RnnTrainingOptions own, IDataView input, string[] columns);

    /// <summary>Ends a training, whether it succeeded or not.</summary>
    void End();

    /// <summary>Runs a training between <see cref="Begin"/> and <see cref="End"/>.</summary>
    /// <param name="own">The trainer's options.</param>
    /// <param name="input">Its training data.</param>
    /// <param name="columns">The columns that it reads.</param>
    /// <param name="fit">Trains with the options that it receives.</param>
    TModel Run<TModel>(RnnTrainingOptions own, IDataView input, string[] columns, Func<RnnTrainingOptions, TModel> fit)
    {
        try
        {
            return fit(Begin(own, input, columns));
        }
        finally
        {
            End();
        }
    }
}
