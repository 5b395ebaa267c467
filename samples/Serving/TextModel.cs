using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model that predicts the probabilities of classes, or a number, for texts.</summary>
/// <param name="model">The model.</param>
/// <param name="score">Returns the probabilities of the classes of each text, or one number, and the model that predicted them.</param>
internal sealed class TextModel(ServedModel model, Func<IReadOnlyCollection<TextRow>, (IReadOnlyList<float[]> Values, ModelCard Card)> score) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "classify";

    private const string Score = "Score", Probability = "Probability", DefaultTitle = "Prediction";

    public ServedModel Model => model;

    /// <summary>Loads a classifier or a regression from a file.</summary>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    /// <param name="title">The heading of its predictions on the page.</param>
    /// <exception cref="FileException">The file cannot be used.</exception>
    public static TextModel Open(MLContext ml, string file, ILoggerFactory logs, string title = DefaultTitle) =>
        ModelFile.Open(file, "a classifier or a regression of this library that reads the column 'Text' alone", () => Load(ml, file, logs, title));

    /// <summary>Returns the probabilities of the classes of each text, or one number, and the model that predicted them.</summary>
    public (IReadOnlyList<float[]> Values, ModelCard Card) Predict(IEnumerable<string> texts) => score([.. texts.Select(text => new TextRow { Text = text })]);

    public void Dispose() => model.Dispose();

    private static TextModel Load(MLContext ml, string file, ILoggerFactory logs, string title)
    {
        ITransformer loaded = ml.Model.Load(file, out _);
        if (!ModelCard.Steps(loaded).OfType<RnnTransformer>().Any()) throw new FormatException("got a model without a recurrent network");
        DataViewSchema output = SchemaOf(ml, loaded);
        return output.GetColumnOrNull(Score)?.Type switch
        {
            VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType } => Load<ClassScores>(
                ml, file, logs, title, mayLack: false, (answer, _) => answer.Score),
            NumberDataViewType => Load<NumberScore>(
                ml, file, logs, title, mayLack: true, (answer, card) => card.Labels is null ? [answer.Score] : [1 - answer.Probability, answer.Probability]),
            var other => throw new FormatException($"got {ModelCard.NameOf(loaded)}, whose column '{Score}' is {other?.ToString() ?? "missing"}"),
        };
    }

    private static TextModel Load<TAnswer>(MLContext ml, string file, ILoggerFactory logs, string title, bool mayLack, Func<TAnswer, ModelCard, float[]> values)
        where TAnswer : class, new()
    {
        // A regression has no column Probability, and may replace a binary classifier.
        var engines = new PredictionEngineOptions { IgnoreMissingColumns = mayLack };
        var served = new ServedModel<TextRow, TAnswer>(
            Role, title, ml, file, engines, model => new ModelCard(ModelCard.NameOf(model), Labels(ml, model)), logs);
        return new TextModel(served, rows =>
        {
            (IReadOnlyList<TAnswer> answers, ModelCard card) = served.Predict(rows);
            return ([.. answers.Select(answer => values(answer, card))], card);
        });
    }

    /// <summary>Returns the names of the classes in the order of their probabilities; <see langword="null"/> for a number.</summary>
    private static IReadOnlyList<string>? Labels(MLContext ml, ITransformer model)
    {
        DataViewSchema output = SchemaOf(ml, model);
        if (output.GetColumnOrNull(Score)?.Type is not VectorDataViewType scores)
            return output.GetColumnOrNull(Probability) is null ? null : BinaryLabels.Of(ml, model);
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (output[Score].HasSlotNames()) output[Score].GetSlotNames(ref names);
        string[] labels = [.. names.DenseValues().Select(name => name.ToString())];
        return labels.Length == scores.Size ? labels : [.. Enumerable.Range(1, scores.Size).Select(number => $"{number}")];
    }

    private static DataViewSchema SchemaOf(MLContext ml, ITransformer model) => model.GetOutputSchema(ml.Data.LoadFromEnumerable<TextRow>([]).Schema);

    private sealed class ClassScores
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class NumberScore
    {
        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
