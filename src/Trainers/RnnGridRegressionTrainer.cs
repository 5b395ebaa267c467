using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for regression on grids, such as images, with a multi-dimensional recurrent neural network (Graves et al., 2007) or a ReNet (Visin et al., 2015).
/// Create it with <c>mlContext.Regression.Trainers.RnnGridRegression(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Regression: one number per grid</description></item>
/// <item><term>Input</term><description><c>Vector&lt;Single&gt;</c> with the dimensions height and width, or height, width and channels</description></item>
/// <item><term>Label</term><description>Single</description></item>
/// <item><term>Output</term><description>Score (Single)</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes each channel itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// ITransformer model = ml.Regression.Trainers.RnnGridRegression(labelColumnName: "Angle", inputColumnName: "Pixels").Fit(train);
/// Console.WriteLine(ml.Regression.Evaluate(model.Transform(test), "Angle").RSquared);
/// </code>
/// </example>
public sealed class RnnGridRegressionTrainer : RnnGridTrainer
{
    private readonly RnnGridRegressionOptions _options;

    internal RnnGridRegressionTrainer(IHostEnvironment environment, RnnGridRegressionOptions options, RnnTransformer? start = null)
        : base(environment, options, start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for the network, and its weights.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnGridRegressionTrainer ContinueFrom(RnnTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new RnnGridRegressionTrainer(Host, _options, model);
    }

    private protected override FittingTarget Target(RnnSequenceOptions options) => new RegressionTarget((RnnTextRegressionOptions)options);

    private protected override RnnSequenceOptions Continued(RnnSequenceOptions options, RnnTransformer start) =>
        StartingModel.Options<RnnTextRegressionOptions>(start, RegressionTask.TaskName, (RnnTextRegressionOptions)options, out _);
}
