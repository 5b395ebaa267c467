using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for multiclass classification of grids, such as images, with a multi-dimensional recurrent neural network (Graves et al., 2007) or a ReNet (Visin
/// et al., 2015). Create it with <c>mlContext.MulticlassClassification.Trainers.RnnGridClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Multiclass classification: one label per grid, optionally with ordinal classes</description></item>
/// <item><term>Input</term><description><c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels</description></item>
/// <item><term>Label</term><description>Key</description></item>
/// <item><term>Output</term><description>PredictedLabel (Key with the label's values), Score (<c>Vector&lt;Single&gt;</c>, the probability of each
/// class)</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes each channel itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
///     .Append(ml.MulticlassClassification.Trainers.RnnGridClassification(inputColumnName: "Pixels"))
///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
/// ITransformer model = pipeline.Fit(train);
/// Console.WriteLine(ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
/// </code>
/// </example>
public sealed class RnnGridClassificationTrainer : RnnGridTrainer
{
    private readonly RnnGridClassificationOptions _options;

    internal RnnGridClassificationTrainer(IHostEnvironment environment, RnnGridClassificationOptions options, RnnTransformer? start = null)
        : base(environment, options, start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, and its weights. The label must have the same
    /// classes in the same order. Whether the classes are ordinal is taken from the model.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnGridClassificationTrainer ContinueFrom(RnnTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new RnnGridClassificationTrainer(Host, _options, model);
    }

    private protected override FittingTarget Target(RnnSequenceOptions options) => new ClassificationTarget((RnnTextClassificationOptions)options);

    private protected override RnnSequenceOptions Continued(RnnSequenceOptions options, RnnTransformer start)
    {
        RnnTextClassificationOptions own =
            StartingModel.Options(start, ClassificationTask.TaskName, (RnnTextClassificationOptions)options, out RnnTextClassificationOptions trained);
        return own with { OrdinalClasses = trained.OrdinalClasses };
    }
}
