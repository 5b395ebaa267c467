using Microsoft.ML.Runtime;
using MlNetRnn.Fitting;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Tasks;

namespace MlNetRnn;

/// <summary>
/// A trainer for sequence tagging with a recurrent neural network. The model predicts a tag for each step of a sequence: parts of speech, named entities,
/// slots of a request, or events in the frames of a recording.
/// Create it with <c>mlContext.MulticlassClassification.Trainers.RnnSequenceTagging(…)</c>.
/// </summary>
/// <remarks>
/// <list type="table">
/// <item><term>Machine learning task</term><description>Sequence tagging (sequence labeling)</description></item>
/// <item><term>Input</term><description><c>Vector&lt;String&gt;</c> of tokens, <c>String</c>, <c>Vector&lt;Key&gt;</c>, or <c>Vector&lt;Single&gt;</c> of
/// frames; optionally additional columns with one value per step</description></item>
/// <item><term>Label</term><description><c>Vector&lt;Key&gt;</c> or <c>Vector&lt;String&gt;</c> with one tag per step</description></item>
/// <item><term>Output</term><description>PredictedLabel (<c>Vector&lt;Key&gt;</c> with the label's key values), Score (<c>Vector&lt;Single&gt;</c>, the
/// probability of each predicted tag); optionally the top-k tags of each step, the n-best tag sequences, and spans</description></item>
/// <item><term>Is normalization required?</term><description>No: the trainer standardizes numeric frames itself</description></item>
/// <item><term>Is caching required?</term><description>No: the trainer reads the data once and keeps it in memory as numbers</description></item>
/// <item><term>Required NuGet packages in addition to Microsoft.ML</term><description>MlNetRnn.Trainers and TorchSharp-cpu for training; MlNetRnn.Transforms
/// for scoring</description></item>
/// <item><term>Exportable to ONNX</term><description>Yes: <see cref="RnnTransformer.SaveAsOnnx"/>; the graph computes the scores, and the search for the best
/// tags runs outside it</description></item>
/// </list>
/// <para>The best epoch is the one with the highest span F1 on the validation data, or the highest token accuracy if the tags do not mark spans. Probabilities
/// are calibrated on the validation data (temperature scaling; Guo et al., 2017).</para>
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
    /// Returns a trainer that continues the training of a model. It uses the model's options for network, text, frames and additional columns, its weights and
    /// its vocabularies. New words and characters in the training data are added to the vocabularies. A key label must have the same tags in the same order; a
    /// text label may contain only these tags.
    /// </summary>
    /// <param name="model">A fitted or loaded model for the same task.</param>
    /// <returns>A new trainer; this one does not change.</returns>
    /// <exception cref="ArgumentException">
    /// The model was trained for another task, or the Network or Text options of this trainer differ from both the model's and the defaults.
    /// </exception>
    public RnnSequenceTaggingTrainer ContinueFrom(RnnTransformer model) =>
        new(Host, StartingModel.Options<RnnSequenceTaggingOptions>(model, TaggingTask.TaskName, _options, out _), model.Model);
}
