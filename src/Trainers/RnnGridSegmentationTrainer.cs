using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for segmentation, a class for each cell of grids such as images, with a multi-dimensional recurrent neural network (Graves et al., 2007) or a
/// ReNet (Visin et al., 2015). Create it with <c>mlContext.MulticlassClassification.Trainers.RnnGridSegmentation(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Segmentation: one label per cell</description></item>
/// <item><term>Input</term><description><c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels</description></item>
/// <item><term>Label</term><description><c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c>, row by row</description></item>
/// <item><term>Output</term><description>PredictedLabel (<c>Vector&lt;Key&gt;</c>, row by row), Score (<c>Vector&lt;Single&gt;</c>, the probability of each
/// predicted class); on request the most probable classes of each cell</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes each channel itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// RnnTransformer model = ml.MulticlassClassification.Trainers.RnnGridSegmentation(labelColumnName: "Classes", inputColumnName: "Pixels").Fit(train);
/// model.Transform(test).Preview();
/// </code>
/// </example>
public sealed class RnnGridSegmentationTrainer : RnnGridTrainer
{
    private readonly RnnGridSegmentationOptions _options;

    internal RnnGridSegmentationTrainer(IHostEnvironment environment, RnnGridSegmentationOptions options, RnnTransformer? start = null)
        : base(environment, options, start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, and its weights. The label must have the same
    /// classes in the same order.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnGridSegmentationTrainer ContinueFrom(RnnTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new RnnGridSegmentationTrainer(Host, _options, model);
    }

    private protected override FittingTarget Target(RnnSequenceOptions options) => new TaggingTarget((RnnSequenceTaggingOptions)options);

    private protected override RnnSequenceOptions Continued(RnnSequenceOptions options, RnnTransformer start) =>
        StartingModel.Options<RnnSequenceTaggingOptions>(start, TaggingTask.TaskName, (RnnSequenceTaggingOptions)options, out _);
}
