using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>The choice of --task: the kind of label, the trainer and the metrics.</summary>
public abstract class TextTask
{
    /// <summary>The column of the answer of a saved model.</summary>
    public const string Answer = "Answer";

    private static readonly Dictionary<string, Func<TextTask>> ByName = new()
    {
        ["multiclass"] = () => new ClassTask(isOrdered: false),
        ["binary"] = () => new BinaryTask(),
        ["regression"] = () => new NumberTask(),
        ["ordinal"] = () => new ClassTask(isOrdered: true),
    };

    public static string[] Names => [.. ByName.Keys];

    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether labels are numbers.</summary>
    public virtual bool IsNumeric => false;

    public static TextTask Create(string name) => ByName[name]();

    /// <summary>Returns a summary of the labels of a file in one line.</summary>
    /// <param name="labels">The labels and their counts.</param>
    public virtual string Summary(IReadOnlyDictionary<string, int> labels) => OneLine.Counts([.. labels]);

    /// <summary>Checks the labels of the training file before the training.</summary>
    /// <exception cref="FileException">The labels do not suit the task.</exception>
    public virtual void CheckLabels(IReadOnlyDictionary<string, int> labels, string file)
    {
    }

    /// <summary>Warns about labels with too few rows.</summary>
    public virtual void WarnOfRareLabels(IEnumerable<KeyValuePair<string, int>> labels, string file)
    {
    }

    /// <summary>Checks labels of another file that the training file does not contain.</summary>
    /// <param name="unseen">These labels and their counts.</param>
    /// <param name="areAll">Whether the other file has no other labels.</param>
    /// <param name="file">The other file.</param>
    /// <param name="trainingFile">The training file.</param>
    /// <param name="labels">The labels of the training file.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public virtual void CheckUnseenLabels(
        IReadOnlyCollection<KeyValuePair<string, int>> unseen, bool areAll, string file, string trainingFile, IReadOnlyDictionary<string, int> labels)
    {
    }

    /// <summary>Sets the label that the trainer reads.</summary>
    public virtual void Complete(Example example)
    {
    }

    public abstract Learned Learn(MLContext ml, Examples examples, RnnNetworkOptions network, RnnTextOptions text, RnnTrainingOptions training);

    /// <summary>Measures the test rows: metrics in the order in which they are printed; NaN if a metric is not defined on these rows.</summary>
    public abstract IEnumerable<(string Name, double Value)> Measure(MLContext ml, Learned learned, Examples examples);

    /// <summary>Joins the network and the conversion of its output to an answer into one chain that reads texts only.</summary>
    protected static Learned Finish(MLContext ml, RnnTransformer rnn, IEstimator<ITransformer> answer)
    {
        IDataView texts = ml.Data.LoadFromEnumerable<TextRow>([]);
        return new Learned(rnn, new TransformerChain<ITransformer>(rnn, answer.Fit(rnn.Transform(texts))), texts.Schema);
    }
}
