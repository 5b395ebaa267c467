using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// Learns to tell the class of a text, token or frame sequence with a recurrent network (lecture rows L1, L3, L7–L9, L11, L18–L20).
/// Made by <c>mlContext.MulticlassClassification.Trainers.RnnTextClassification(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Multiclass classification, of ordered classes too (<see cref="RnnTextClassificationOptions.OrdinalClasses"/>)</description></item>
/// <item><term>Input</term><description><c>String</c>, <c>Vector&lt;String&gt;</c> of tokens, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of frames</description></item>
/// <item><term>Label</term><description>Key</description></item>
/// <item><term>Output</term><description>PredictedLabel (Key with the label's values), Score (<c>Vector&lt;Single&gt;</c>, probabilities)</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once and kept as numbers</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training, MlNetRnn.Transforms for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/></description></item>
/// </list>
/// <para>Where rows validate, the probabilities are calibrated on them (temperature scaling; Guo et al., 2017).</para>
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
    /// The same trainer, but going on from a trained model: with the options of the model for network, text and frames, its weights and its words, to which those of
    /// the new data are added. The label must have the same classes in the same order, ordered or not as the model was told.
    /// </summary>
    /// <param name="model">A model of this task, fitted or loaded.</param>
    /// <exception cref="ArgumentException">The model is of another task, or the options Network or Text are neither its own nor the defaults.</exception>
    public RnnTextClassificationTrainer ContinueFrom(RnnTransformer model)
    {
        RnnTextClassificationOptions options = StartingModel.Options(model, ClassificationTask.TaskName, _options, out RnnTextClassificationOptions trained);
        return new RnnTextClassificationTrainer(Host, options with { OrdinalClasses = trained.OrdinalClasses }, model.Model);
    }
}
