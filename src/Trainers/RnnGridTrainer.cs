using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>Base class of the trainers for grids, such as images.</summary>
public abstract class RnnGridTrainer : IEstimator<RnnTransformer>
{
    private readonly RnnGridOptions _options;
    private readonly RnnTransformer? _start;
    private readonly int _seed;

    private protected RnnGridTrainer(IHostEnvironment environment, RnnGridOptions options, RnnTransformer? start)
    {
        OptionsValidation.Check(options, nameof(options));
        Host = environment.Register(GetType().Name);
        (_options, _start) = (options, start);
        // As for all trainers: the seed of the MLContext itself, or a number that is drawn once.
        _seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? Host.Rand.Next();
        if (start is not null) _ = Continued(_options.ToSequence(start.FrameSize));
    }

    /// <summary>Environment of the user's MLContext.</summary>
    private protected IHost Host { get; }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or an input column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        Fitting(_options.ToSequence(Math.Max(1, _options.Channels))).OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, has the wrong type, or its dimensions do not fit the options.</exception>
    /// <exception cref="ArgumentException">
    /// The class weights name a class that the label does not have, or the data does not match the model whose training is continued.
    /// </exception>
    /// <exception cref="IOException">A checkpoint cannot be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data has no usable row, the numbers of a row are not a grid, a grid has more cells than allowed, labels do not match the number of cells, the loss
    /// is not finite, or no native libtorch library was found.
    /// </exception>
    /// <exception cref="FormatException">A checkpoint is not valid.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnTransformer Fit(IDataView input) => Fitting(Continued(_options.ToSequence(input.Schema))).Fit(input, AmbientSupervisor.Current);

    /// <summary>Returns the part of the trainer that depends on its task.</summary>
    private protected abstract FittingTarget Target(RnnSequenceOptions options);

    /// <summary>Returns the options, with the network of the model whose training is continued.</summary>
    private protected abstract RnnSequenceOptions Continued(RnnSequenceOptions options, RnnTransformer start);

    private RnnSequenceOptions Continued(RnnSequenceOptions options) => _start is null ? options : Continued(options, _start);

    private SequenceFitting Fitting(RnnSequenceOptions options) => new(Host, options, Target(options), _seed, _start?.Model);
}
