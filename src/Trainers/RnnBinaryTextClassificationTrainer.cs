using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// Learns to tell whether something is true of a text, token or frame sequence with a recurrent network (lecture rows L1, L3, L7–L9, L11, L18–L20).
/// Made by <c>mlContext.BinaryClassification.Trainers.RnnTextClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of frames</description></item>
/// <item><term>Label</term><description>Boolean</description></item>
/// <item><term>Output</term><description>PredictedLabel (Boolean), Score (Single, the logit), Probability (Single, of true)</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once and kept as numbers</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training, MlNetRnn.Transforms for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>Where rows validate, the probability is calibrated on them (temperature scaling; Guo et al., 2017).</para>
/// </remarks>
/// <example>
/// <code>
/// ITransformer model = ml.BinaryClassification.Trainers.RnnTextClassification(labelColumnName: "IsSpam", inputColumnName: "Text").Fit(train);
/// Console.WriteLine(ml.BinaryClassification.Evaluate(model.Transform(test), "IsSpam").Accuracy);
/// </code>
/// </example>
public sealed class RnnBinaryTextClassificationTrainer : RnnSequenceTrainer
{
    private readonly RnnBinaryTextClassificationOptions _options;

    internal RnnBinaryTextClassificationTrainer(IHostEnvironment environment, RnnBinaryTextClassificationOptions options, RnnModel? start = null)
        : base(environment, options, () => new BinaryClassificationTarget(options), start) => _options = options;

    /// <summary>
    /// The same trainer, but going on from a trained model: with the options of the model for network, text and frames, its weights and its words, to which those of
    /// the new data are added.
    /// </summary>
    /// <param name="model">A model of this task, fitted or loaded.</param>
    /// <exception cref="ArgumentException">The model is of another task, or the options Network or Text are neither its own nor the defaults.</exception>
    public RnnBinaryTextClassificationTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnBinaryTextClassificationOptions>(model, BinaryClassificationTask.TaskName, _options, out _), model.Model);
}
