using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// Learns to tell a tag for each step of a sequence with a recurrent network (lecture rows L4, L6–L9, L11, L18–L20): parts of speech, names in a text, slots
/// of a request, what happens in each frame of a recording. Made by <c>mlContext.MulticlassClassification.Trainers.RnnSequenceTagging(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Sequence tagging (sequence labelling)</description></item>
/// <item><term>Input</term><description><c>Vector&lt;String&gt;</c> of tokens, <c>String</c>, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of frames; additional columns with a value a step</description></item>
/// <item><term>Label</term><description><c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c>, a tag a step</description></item>
/// <item><term>Output</term><description>PredictedLabel (<c>Vector&lt;Key&gt;</c> with the label's values), Score (<c>Vector&lt;Single&gt;</c>: the probability of each predicted tag); optional: the most
/// probable tags of each step, the best sequences, spans</description></item>
/// <item><term>Is normalization required?</term><description>No</description></item>
/// <item><term>Is caching required?</term><description>No: the data is read once and kept as numbers</description></item>
/// <item><term>Required NuGet in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training, MlNetRnn.Transforms for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/>; the search for the best tags is done beside the graph</description></item>
/// </list>
/// <para>Where rows validate, the best epoch is that of the best span F1 (of the best token accuracy where tags mark no spans), and the probabilities are
/// calibrated (temperature scaling; Guo et al., 2017).</para>
/// </remarks>
/// <example>
/// <code>
/// IDataView train = ml.Data.LoadFromConll("train.conll"), test = ml.Data.LoadFromConll("test.conll");
/// ITransformer model = ml.MulticlassClassification.Trainers.RnnSequenceTagging().Fit(train);
/// Console.WriteLine(ml.MulticlassClassification.EvaluateSequenceTagging(model.Transform(test)));
/// </code>
/// </example>
public sealed class RnnSequenceTaggingTrainer : RnnSequenceTrainer
{
    private readonly RnnSequenceTaggingOptions _options;

    internal RnnSequenceTaggingTrainer(IHostEnvironment environment, RnnSequenceTaggingOptions options, RnnModel? start = null)
        : base(environment, options, () => new TaggingTarget(options), start) => _options = options;

    /// <summary>
    /// The same trainer, but going on from a trained model: with the options of the model for network, text, frames and additional columns, its weights, words and
    /// characters, to which those of the new data are added. The label must have the same tags in the same order; a label of texts, none but these.
    /// </summary>
    /// <param name="model">A model of this task, fitted or loaded.</param>
    /// <exception cref="ArgumentException">The model is of another task, or the options Network or Text are neither its own nor the defaults.</exception>
    public RnnSequenceTaggingTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnSequenceTaggingOptions>(model, TaggingTask.TaskName, _options, out _), model.Model);
}
