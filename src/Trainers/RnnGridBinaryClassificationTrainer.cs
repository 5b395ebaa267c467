using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for binary classification of grids, such as images, with a multi-dimensional recurrent neural network (Graves et al., 2007) or a ReNet (Visin et
/// al., 2015). Create it with <c>mlContext.BinaryClassification.Trainers.RnnGridClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Binary classification: one label per grid</description></item>
/// <item><term>Input</term><description><c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels</description></item>
/// <item><term>Label</term><description>Boolean</description></item>
/// <item><term>Output</term><description>PredictedLabel (Boolean), Score and Probability (Single)</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes each channel itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// ITransformer model = ml.BinaryClassification.Trainers.RnnGridClassification(labelColumnName: "IsDefect", inputColumnName: "Pixels").Fit(train);
/// Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(test), "IsDefect").AreaUnderRocCurve);
/// </code>
/// </example>
public sealed class RnnGridBinaryClassificationTrainer : RnnGridTrainer
{
    private readonly RnnGridBinaryClassificationOptions _options;

    internal RnnGridBinaryClassificationTrainer(IHostEnvironment environment, RnnGridBinaryClassificationOptions options, RnnTransformer? start = null)
        : base(environment, options, start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, and its weights.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnGridBinaryClassificationTrainer ContinueFrom(RnnTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new RnnGridBinaryClassificationTrainer(Host, _options, model);
    }

    private protected override FittingTarget Target(RnnSequenceOptions options) => new BinaryClassificationTarget((RnnBinaryTextClassificationOptions)options);

    private protected override RnnSequenceOptions Continued(RnnSequenceOptions options, RnnTransformer start) =>
        StartingModel.Options<RnnBinaryTextClassificationOptions>(start, BinaryClassificationTask.TaskName, (RnnBinaryTextClassificationOptions)options, out _);
}
