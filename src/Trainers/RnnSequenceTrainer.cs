using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Model;
using MlNetRnn.Options;

namespace MlNetRnn;

/// <summary>What all trainers share that learn from sequences.</summary>
public abstract class RnnSequenceTrainer : IEstimator<RnnTransformer>
{
    private readonly SequenceFitting _learner;

    private protected RnnSequenceTrainer(IHostEnvironment environment, RnnSequenceOptions options, Func<FittingTarget> target, RnnModel? start)
    {
        OptionsValidation.Check(options, nameof(options));
        Host = environment.Register(GetType().Name);
        // The seed of the MLContext itself, and not a number drawn from it: a second trainer of the same context gives the same model. Without any seed a number is drawn here and not in
        // Fit, so that fitting twice gives the same model twice.
        int seed = options.Training.Seed ?? CatalogEnvironment.Seed(environment) ?? Host.Rand.Next();
        _learner = new SequenceFitting(Host, options, target(), seed, start);
    }

    /// <summary>The environment of the user's MLContext.</summary>
    private protected IHost Host { get; }

    /// <summary>The schema that <see cref="Fit"/>'s transformer will give, without data.</summary>
    /// <param name="inputSchema">The schema of the training data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The label or the input column is missing or of the wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _learner.OutputSchema(inputSchema);

    /// <summary>Trains a network.</summary>
    /// <param name="input">The training data.</param>
    /// <returns>The trained model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of the wrong type.</exception>
    /// <exception cref="ArgumentException">A class weight is given for a class that is none, or the data does not fit the model to go on from.</exception>
    /// <exception cref="IOException">A file of word vectors cannot be read, or a checkpoint not be written.</exception>
    /// <exception cref="InvalidOperationException">No row is usable, labels do not fit their sequences, the loss is no longer finite, or no native libtorch is there.</exception>
    /// <exception cref="FormatException">A file of word vectors or a checkpoint is not what it should be.</exception>
    /// <exception cref="OperationCanceledException">The user stopped the training.</exception>
    public RnnTransformer Fit(IDataView input) => _learner.Fit(input);
}
