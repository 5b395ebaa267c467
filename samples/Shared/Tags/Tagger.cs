using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Tags;

/// <summary>A trained tagger with tags as text, which can be saved and loaded. It needs nothing of the training except the model.</summary>
public sealed class Tagger
{
    /// <summary>The output column of a saved model: the tags as text.</summary>
    public const string Answer = "Answer";

    private readonly MLContext _ml;
    private readonly ITransformer _chain;

    /// <summary>Creates a tagger from a loaded model.</summary>
    /// <exception cref="FormatException">The model is not a tagger.</exception>
    public Tagger(MLContext ml, ITransformer chain)
    {
        (_ml, _chain) = (ml, chain);
        Rnn = (chain as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().SingleOrDefault()
            ?? throw new FormatException("expected one recurrent network in the model, got none");
        if (chain.GetOutputSchema(NoRows.Schema).GetColumnOrNull(Answer)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            throw new FormatException($"expected the column '{Answer}' with a tag for each step, got none");
    }

    /// <summary>Creates a tagger from a trained network, and adds the conversion of keys to text.</summary>
    public Tagger(MLContext ml, RnnTransformer rnn)
    {
        (_ml, Rnn) = (ml, rnn);
        _chain = new TransformerChain<ITransformer>(rnn, ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel").Fit(rnn.Transform(NoRows)));
    }

    public RnnTransformer Rnn { get; }

    // A tagger scores without labels: the saved model reads the input column only.
    private IDataView NoRows => Rnn.FrameSize > 0 ? View<float>([]) : View<string>([]);

    public void Save(string file) => _ml.Model.Save(_chain, NoRows.Schema, file);

    /// <summary>Adds the column of tags to sequences.</summary>
    public IDataView Transform<T>(IEnumerable<Sequence<T>> sequences) => _chain.Transform(View(sequences));

    /// <summary>Returns a function from the steps of one sequence to its tags. It is not thread-safe.</summary>
    public Func<T[], string[]> Engine<T>()
    {
        var engine = _ml.Model.CreatePredictionEngine<Sequence<T>, Tags>(_chain, ignoreMissingColumns: false, Columns<T>());
        int size = Math.Max(Rnn.FrameSize, 1);
        return steps =>
        {
            // A model predicts no tags beyond its MaximumLength: the rest is the next sequence, so that every step has a tag.
            var tags = new List<string>();
            while (tags.Count * size < steps.Length)
            {
                string[] answers = engine.Predict(new Sequence<T> { Steps = steps[(tags.Count * size)..] }).Answer;
                tags.AddRange(answers.Take(Math.Max(1, answers.TakeWhile(answer => !string.IsNullOrEmpty(answer)).Count())));
            }
            return [.. tags];
        };
    }

    private IDataView View<T>(IEnumerable<Sequence<T>> sequences) => _ml.Data.LoadFromEnumerable(sequences, Columns<T>());

    /// <summary>The name of the input column depends on what the model was trained on.</summary>
    private SchemaDefinition Columns<T>()
    {
        SchemaDefinition columns = SchemaDefinition.Create(typeof(Sequence<T>));
        columns[nameof(Sequence<T>.Steps)].ColumnName = Rnn.InputColumnName;
        return columns;
    }

    private sealed class Tags
    {
        public string[] Answer { get; set; } = [];
    }
}
