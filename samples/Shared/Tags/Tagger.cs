using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Tags;

/// <summary>A trained tagger that says its tags as text: what is saved, loaded and asked. It knows of the training only what the model does.</summary>
public sealed class Tagger
{
    /// <summary>The column in which a saved model says its tags.</summary>
    public const string Answer = "Answer";

    private readonly MLContext _ml;
    private readonly ITransformer _chain;

    /// <summary>A loaded model.</summary>
    /// <exception cref="FormatException">It is no tagger.</exception>
    public Tagger(MLContext ml, ITransformer chain)
    {
        (_ml, _chain) = (ml, chain);
        Rnn = (chain as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().SingleOrDefault() ?? throw new FormatException("expected one recurrent network in the model, got none");
        if (chain.GetOutputSchema(NoRows.Schema).GetColumnOrNull(Answer)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            throw new FormatException($"expected the column '{Answer}' with a tag a step, got none");
    }

    /// <summary>A model that was just trained; what turns its keys into texts is added.</summary>
    public Tagger(MLContext ml, RnnTransformer rnn)
    {
        (_ml, Rnn) = (ml, rnn);
        _chain = new TransformerChain<ITransformer>(rnn, ml.Transforms.Conversion.MapKeyToValue(Answer, "PredictedLabel").Fit(rnn.Transform(NoRows)));
    }

    public RnnTransformer Rnn { get; }

    // A tagger needs no label to score: what is saved asks for the input column alone.
    private IDataView NoRows => Rnn.FrameSize > 0 ? View<float>([]) : View<string>([]);

    public void Save(string file) => _ml.Model.Save(_chain, NoRows.Schema, file);

    /// <summary>Adds the column of tags to sequences.</summary>
    public IDataView Transform<T>(IEnumerable<Sequence<T>> sequences) => _chain.Transform(View(sequences));

    /// <summary>A function from the steps of one sequence to its tags; for one thread.</summary>
    public Func<T[], string[]> Engine<T>()
    {
        var engine = _ml.Model.CreatePredictionEngine<Sequence<T>, Tags>(_chain, ignoreMissingColumns: false, Columns<T>());
        int size = Math.Max(Rnn.FrameSize, 1);
        return steps =>
        {
            // Beyond its MaximumLength a model has no tags; what is left is the next sequence, so that every step has one.
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
