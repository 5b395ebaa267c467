using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>Base class of the trainers for sequences.</summary>
public abstract class RnnSequenceTrainer : IEstimator<RnnTransformer>
{
    private readonly SequenceFitting _fitting;

    private protected RnnSequenceTrainer(IHostEnvironment environment, RnnSequenceOptions options, Func<FittingTarget> target, RnnModel? start)
    {
        OptionsValidation.Check(options, nameof(options));
        Host = environment.Register(GetType().Name);
        // The seed of the MLContext itself, not a number drawn from it: two trainers of the same context give the same model. Without any seed, a number is
        // drawn here rather than in Fit, so that fitting twice gives the same model twice.
        int seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? Host.Rand.Next();
        _fitting = new SequenceFitting(Host, options, target(), seed, start);
    }

    /// <summary>Environment of the user's MLContext.</summary>
    private protected IHost Host { get; }

    /// <summary>Returns the output schema of the transformer that <see cref="Fit"/> creates, without reading data.</summary>
    /// <param name="inputSchema">Schema of the training data.</param>
    /// <returns>The columns of the input schema and the output columns of the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The label or an input column is missing or has the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _fitting.OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">Training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="ArgumentException">
    /// The class weights name a class that the label does not have, or the data does not match the model whose training is continued.
    /// </exception>
    /// <exception cref="IOException">The file of word vectors cannot be read, or a checkpoint cannot be written.</exception>
    /// <exception cref="InvalidOperationException">
    /// The data has no usable row, labels do not match the length of their sequences, the loss is not finite, or no native libtorch library was found.
    /// </exception>
    /// <exception cref="FormatException">The file of word vectors or a checkpoint is not valid.</exception>
    /// <exception cref="OperationCanceledException">Training was canceled.</exception>
    public RnnTransformer Fit(IDataView input) => _fitting.Fit(input, AmbientSupervisor.Current);
}
