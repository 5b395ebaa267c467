using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn;

/// <summary>
/// Trains several networks and combines them into one model, which averages their predictions. Create it with <c>mlContext.Rnn().Ensemble(…)</c>. It is an
/// estimator as the trainers are, so that it can be a part of a pipeline.
/// </summary>
/// <remarks>
/// Networks that differ in their first weights, and in the rows that choose their best epochs, err on different rows (Lakshminarayanan et al., 2017). The model
/// takes the time and the memory of all of them.
/// </remarks>
public sealed class RnnEnsembleTrainer : IEstimator<RnnEnsembleTransformer>
{
    private readonly MLContext _context;
    private readonly IReadOnlyList<IEstimator<RnnTransformer>> _trainers;
    private readonly RnnEnsembleOptions _options;
    private readonly int _seed;

    /// <param name="context">The user's context.</param>
    /// <param name="trainers">The trainer of each member.</param>
    /// <param name="options">The options.</param>
    internal RnnEnsembleTrainer(MLContext context, IReadOnlyList<IEstimator<RnnTransformer>> trainers, RnnEnsembleOptions options)
    {
        (_context, _trainers, _options) = (context, trainers, options);
        _seed = CatalogEnvironment.Seed(context) ?? ((IHostEnvironment)context).Register(nameof(RnnEnsembleTrainer)).Rand.Next();
    }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the members.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or an input column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _trainers[0].GetOutputSchema(inputSchema);

    /// <summary>Trains all members.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The members as one model.</returns>
    /// <exception cref="ArgumentException">The members do not match, or the trainers have a validation set and <see cref="RnnEnsembleVariation.Folds"/> needs
    /// to hold out rows of its own.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    /// <remarks>If the training of a member fails, those that have not ended are canceled, and its exception is thrown.</remarks>
    public RnnEnsembleTransformer Fit(IDataView input)
    {
        ITrainingSupervisor? outer = AmbientSupervisor.Current;
        // A trial of an experiment follows one training at a time.
        int cores = outer is null ? Environment.ProcessorCount : 1;
        int parallel = Math.Min(_options.Parallel == 0 || outer is not null ? cores : _options.Parallel, _trainers.Count);
        bool hasOneTrainer = _trainers.Distinct().Count() == 1;
        using var failure = new CancellationTokenSource();
        using IChannel channel = ((IHostEnvironment)_context).Register(nameof(RnnEnsembleTrainer)).Start("Training");
        var gate = new object();
        var models = new RnnTransformer[_trainers.Count];
        Exception? first = null;
        Parallel.For(0, _trainers.Count, new ParallelOptions { MaxDegreeOfParallelism = parallel }, i =>
        {
            if (failure.IsCancellationRequested) return;
            var supervisor = new MemberSupervisor(outer, _options, _trainers.Count, i, _seed, hasOneTrainer ? i : 0, parallel, gate, failure.Token);
            try
            {
                models[i] = AmbientSupervisor.Run(supervisor, () => _trainers[i].Fit(input));
                lock (gate) channel.Info(MessageSensitivity.None, FormattableString.Invariant($"ensemble: member {i + 1} of {models.Length} is trained"));
            }
            catch (Exception e)
            {
                // The members that this one cancels fail later.
                lock (gate) first ??= e;
                failure.Cancel();
            }
        });
        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        return _context.Rnn().CreateEnsemble(models);
    }
}
