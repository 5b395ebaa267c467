using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for binary classification of sequences (texts, tokens or numeric frames) with a recurrent neural network.
/// Create it with <c>mlContext.BinaryClassification.Trainers.RnnTextClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Binary classification</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of
/// frames</description></item>
/// <item><term>Label</term><description>Boolean</description></item>
/// <item><term>Output</term><description>PredictedLabel (Boolean), Score (Single, the logit), Probability (Single, the probability of
/// <see langword="true"/>)</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes numeric frames itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>Probabilities are calibrated on the validation data, if there is any (temperature scaling; Guo et al., 2017).</para>
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
    /// Returns a trainer that continues the training of a model. It uses the model's options for network, text and frames, its weights and its vocabulary. New
    /// words in the training data are added to the vocabulary.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network or Text options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnBinaryTextClassificationTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnBinaryTextClassificationOptions>(model, BinaryClassificationTask.TaskName, _options, out _), model.Model);
}
