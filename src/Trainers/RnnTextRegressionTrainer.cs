using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for regression on sequences (texts, tokens or numeric frames), such as the star rating of a review, with a recurrent neural network.
/// Create it with <c>mlContext.Regression.Trainers.RnnTextRegression(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Regression</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of
/// frames</description></item>
/// <item><term>Label</term><description>Single; rows whose label is NaN or infinite are skipped</description></item>
/// <item><term>Output</term><description>Score (Single)</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes numeric frames and the label itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>The loss is the squared error. The best epoch is the one with the highest R² on the validation data.</para>
/// </remarks>
/// <example>
/// <code>
/// ITransformer model = ml.Regression.Trainers.RnnTextRegression(labelColumnName: "Stars", inputColumnName: "Text").Fit(train);
/// Console.WriteLine(ml.Regression.Evaluate(model.Transform(test), "Stars").RSquared);
/// </code>
/// </example>
public sealed class RnnTextRegressionTrainer : RnnSequenceTrainer
{
    private readonly RnnTextRegressionOptions _options;

    internal RnnTextRegressionTrainer(IHostEnvironment environment, RnnTextRegressionOptions options, RnnModel? start = null)
        : base(environment, options, () => new RegressionTarget(options), start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for network, text and frames, its weights and its vocabulary. New
    /// words in the training data are added to the vocabulary.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network or Text options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnTextRegressionTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnTextRegressionOptions>(model, RegressionTask.TaskName, _options, out _), model.Model);
}
