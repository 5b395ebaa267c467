using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model that says the probabilities of classes, or a number, of texts.</summary>
/// <param name="model">The model.</param>
/// <param name="score">The probabilities of the classes of each text, or one number, and the model that said so.</param>
internal sealed class TextModel(ServedModel model, Func<IReadOnlyCollection<TextRow>, (IReadOnlyList<float[]> Values, ModelCard Card)> score) : IDisposable
{
    /// <summary>The path that it answers.</summary>
    public const string Role = "classify";

    private const string Score = "Score", Probability = "Probability";

    public ServedModel Model => model;

    /// <exception cref="FileException">The file cannot be used.</exception>
    public static TextModel Open(MLContext ml, string file, ILoggerFactory logs) => ModelFault.Guard(file, "a classifier or a regression of this library that reads the column 'Text' alone", () =>
    {
        ITransformer loaded = ml.Model.Load(file, out _);
        if (!ModelCard.Steps(loaded).OfType<RnnTransformer>().Any()) throw new FormatException("got a model without a recurrent network");
        DataViewSchema said = SchemaOf(ml, loaded);
        return said.GetColumnOrNull(Score)?.Type switch
        {
            VectorDataViewType { IsKnownSize: true, ItemType: NumberDataViewType } => Open<ClassScores>(ml, file, logs, mayLack: false, (answer, _) => answer.Score),
            NumberDataViewType => Open<NumberScore>(ml, file, logs, mayLack: true, (answer, card) => card.Labels is null ? [answer.Score] : [1 - answer.Probability, answer.Probability]),
            var other => throw new FormatException($"got {ModelCard.NameOf(loaded)}, whose column '{Score}' is {other?.ToString() ?? "missing"}"),
        };
    });

    /// <summary>The probabilities of the classes of each text, or one number, and the model that said so.</summary>
    public (IReadOnlyList<float[]> Values, ModelCard Card) Predict(IEnumerable<string> texts) => score([.. texts.Select(text => new TextRow { Text = text })]);

    public void Dispose() => model.Dispose();

    private static TextModel Open<TAnswer>(MLContext ml, string file, ILoggerFactory logs, bool mayLack, Func<TAnswer, ModelCard, float[]> values)
        where TAnswer : class, new()
    {
        // A regression says no probability, and may follow a binary classifier where the file is replaced.
        var engines = new PredictionEngineOptions { IgnoreMissingColumns = mayLack };
        var served = new ServedModel<TextRow, TAnswer>(Role, ml, file, engines, model => new ModelCard(ModelCard.NameOf(model), Labels(ml, model)), logs);
        return new TextModel(served, rows =>
        {
            (IReadOnlyList<TAnswer> answers, ModelCard card) = served.Predict(rows);
            return ([.. answers.Select(answer => values(answer, card))], card);
        });
    }

    /// <summary>The names of the classes in the order of their probabilities; <see langword="null"/> for a number.</summary>
    private static IReadOnlyList<string>? Labels(MLContext ml, ITransformer model)
    {
        DataViewSchema said = SchemaOf(ml, model);
        if (said.GetColumnOrNull(Score)?.Type is not VectorDataViewType scores) return said.GetColumnOrNull(Probability) is null ? null : BinaryLabels.Of(ml, model);
        VBuffer<ReadOnlyMemory<char>> names = default;
        if (said[Score].HasSlotNames()) said[Score].GetSlotNames(ref names);
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

/// <summary>What a model of texts reads.</summary>
internal sealed class TextRow
{
    public string Text { get; set; } = "";
}
