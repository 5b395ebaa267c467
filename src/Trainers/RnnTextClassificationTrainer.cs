using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for multiclass classification of sequences (texts, tokens or numeric frames) with a recurrent neural network.
/// Create it with <c>mlContext.MulticlassClassification.Trainers.RnnTextClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Multiclass classification, optionally with ordinal classes
/// (<see cref="RnnTextClassificationOptions.OrdinalClasses"/>)</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of
/// frames</description></item>
/// <item><term>Label</term><description>Key</description></item>
/// <item><term>Output</term><description>PredictedLabel (Key with the label's values), Score (<c>Vector&lt;Single&gt;</c>, the probability of each
/// class)</description></item>
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
/// var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
///     .Append(ml.MulticlassClassification.Trainers.RnnTextClassification(inputColumnName: "Text"))
///     .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
/// ITransformer model = pipeline.Fit(train);
/// Console.WriteLine(ml.MulticlassClassification.Evaluate(model.Transform(test)).MicroAccuracy);
/// </code>
/// </example>
public sealed class RnnTextClassificationTrainer : RnnSequenceTrainer
{
    private readonly RnnTextClassificationOptions _options;

    internal RnnTextClassificationTrainer(IHostEnvironment environment, RnnTextClassificationOptions options, RnnModel? start = null)
        : base(environment, options, () => new ClassificationTarget(options), start) => _options = options;

    /// <summary>
    /// Returns a trainer that continues the training of a model. It uses the model's options for network, text and frames, its weights and its vocabulary. New
    /// words in the training data are added to the vocabulary. The label must have the same classes in the same order. Whether the classes are ordinal is taken
    /// from the model.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network or Text options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnTextClassificationTrainer ContinueFrom(RnnTransformer model)
    {
        RnnTextClassificationOptions options = StartingModel.Options(model, ClassificationTask.TaskName, _options, out RnnTextClassificationOptions trained);
        return new RnnTextClassificationTrainer(Host, options with { OrdinalClasses = trained.OrdinalClasses }, model.Model);
    }
}
