using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// Learns a number for a text, token or frame sequence, such as a star rating, with a recurrent network (lecture rows L1, L3, L7–L9, L11, L18–L20).
/// Made by <c>mlContext.Regression.Trainers.RnnTextRegression(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Regression</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of frames</description></item>
/// <item><term>Label</term><description>Single; rows without a finite number are left out</description></item>
/// <item><term>Output</term><description>Score (Single)</description></item>
/// <item><term>Is normalization required?</term><description>No, neither of the input nor of the label</description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once and kept as numbers</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training, MlNetRnn.Transforms for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>Learns by the squared error; the best epoch is that of the best R² on the validation rows.</para>
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
    /// The same trainer, but going on from a trained model: with the options of the model for network, text and frames, its weights and its words, to which those of
    /// the new data are added.
    /// </summary>
    /// <param name="model">A model of this task, fitted or loaded.</param>
    /// <exception cref="ArgumentException">The model is of another task, or the options Network or Text are neither its own nor the defaults.</exception>
    public RnnTextRegressionTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnTextRegressionOptions>(model, RegressionTask.TaskName, _options, out _), model.Model);
}
