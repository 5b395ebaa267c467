using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.TextClassification;

/// <summary>What --task chooses: which label is learned, with which trainer, and how good the result is.</summary>
internal abstract class TextTask
{
    /// <summary>The column in which a saved model says its answer.</summary>
    public const string Answer = "Answer";

    private static readonly Dictionary<string, Func<TextTask>> ByName = new()
    {
        ["multiclass"] = () => new ClassTask(isOrdered: false),
        ["binary"] = () => new BinaryTask(),
        ["regression"] = () => new NumberTask(),
        ["ordinal"] = () => new ClassTask(isOrdered: true),
    };

    public static string[] Names => [.. ByName.Keys];

    /// <summary>As on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether labels are numbers.</summary>
    public virtual bool IsNumeric => false;

    public static TextTask Create(string name) => ByName[name]();

    /// <summary>Looks at the labels of the training file before anything is learned.</summary>
    /// <exception cref="FileException">They are none for this task.</exception>
    public virtual void See(IReadOnlySet<string> labels, string file)
    {
    }

    /// <summary>What becomes of rows of another file whose label the training file lacks.</summary>
    /// <exception cref="FileException">They cannot be.</exception>
    public virtual void SeeStrangers(string[] strangers, string file, string trainingFile)
    {
    }

    /// <summary>Fills in the label that the trainer reads.</summary>
    public virtual void Complete(Example example)
    {
    }

    public abstract Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training);

    /// <summary>The metrics on the test rows, in the order in which they are printed.</summary>
    public abstract IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples);

    /// <summary>The network and what turns its output into an answer, as one chain that reads texts and no labels.</summary>
    protected static Learned Finish(MLContext ml, RnnTransformer rnn, IEstimator<ITransformer> answer)
    {
        IDataView texts = ml.Data.LoadFromEnumerable<TextToScore>([]);
        return new Learned(rnn, new TransformerChain<ITransformer>(rnn, answer.Fit(rnn.Transform(texts))), texts.Schema);
    }
}

/// <summary>A trained model.</summary>
/// <param name="Rnn">The network.</param>
/// <param name="Chain">From text to answer: what is saved. It needs no label.</param>
/// <param name="InputSchema">What the chain reads.</param>
internal sealed record Learned(RnnTransformer Rnn, ITransformer Chain, DataViewSchema InputSchema);

/// <summary>What a saved model reads.</summary>
internal sealed class TextToScore
{
    public string Text { get; set; } = "";
}
