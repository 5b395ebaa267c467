using Microsoft.ML;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model whose file may be replaced while it answers: the pool of engines, and the description of the current model.</summary>
internal abstract class ServedModel(string role, string title) : IDisposable
{
    /// <summary>The interval at which the file is checked.</summary>
    protected static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private long _requests;

    /// <summary>The name of the model in health and log: the path that it answers.</summary>
    public string Role => role;

    /// <summary>The heading of its predictions on the page.</summary>
    public string Title => title;

    /// <summary>The number of requests that were answered by this model and its predecessors.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The description of the current model.</summary>
    public abstract ModelCard Card { get; }

    public abstract void Dispose();

    protected void Count() => Interlocked.Increment(ref _requests);
}

/// <inheritdoc/>
/// <typeparam name="TRow">The input of the model.</typeparam>
/// <typeparam name="TAnswer">The output of the model.</typeparam>
internal sealed class ServedModel<TRow, TAnswer> : ServedModel
    where TRow : class
    where TAnswer : class, new()
{
    private readonly PredictionPool<TRow, TAnswer> _pool;
    private readonly Func<ITransformer, ModelCard> _describe;
    private volatile ModelCard _card;

    /// <param name="role">The path that the model answers.</param>
    /// <param name="title">The heading of its predictions on the page.</param>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="engines">The options of the engines.</param>
    /// <param name="describe">Describes a model; throws if it is another kind of model, which the pool then refuses.</param>
    /// <param name="logs">Receives a line for each replaced file.</param>
    public ServedModel(
        string role, string title, MLContext ml, string file, PredictionEngineOptions engines, Func<ITransformer, ModelCard> describe, ILoggerFactory logs)
        : base(role, title)
    {
        _describe = describe;
        _pool = new PredictionPool<TRow, TAnswer>(ml, file, CheckInterval, engines, model => describe(model), logs.CreateLogger(role));
        _card = CardOf(_pool.Model, _pool.Version);
    }

    public override ModelCard Card
    {
        get
        {
            ModelCard? card;
            while ((card = TryCard(_pool.Version)) is null) { }
            return card;
        }
    }

    /// <summary>Scores rows, all with one model.</summary>
    /// <returns>The answers in the order of the rows, and the description of the model.</returns>
    public (IReadOnlyList<TAnswer> Answers, ModelCard Card) Predict(IReadOnlyCollection<TRow> rows)
    {
        while (true)
        {
            string version;
            // A single row is scored by an engine on this thread; several are scored together.
            IReadOnlyList<TAnswer> answers = rows.Count == 1 ? [_pool.Predict(rows.First(), out version)] : _pool.Predict(rows, out version);
            // The names of the classes must be those of the model that answered. If it was replaced meanwhile, its successor scores the rows again.
            if (TryCard(version) is not { } card) continue;
            Count();
            return (answers, card);
        }
    }

    /// <summary>Returns the current model for a request, and its description.</summary>
    public (ITransformer Model, ModelCard Card) Use()
    {
        while (true)
        {
            (ITransformer model, ModelCard card) = (_pool.Model, Card);
            // If the model was replaced meanwhile, its successor is used.
            if (_pool.Model != model || _pool.Version != card.Version) continue;
            Count();
            return (model, card);
        }
    }

    public override void Dispose() => _pool.Dispose();

    /// <returns><see langword="null"/> if the current model has another version.</returns>
    private ModelCard? TryCard(string version)
    {
        ModelCard card = _card;
        if (card.Version == version) return card;
        ITransformer model = _pool.Model;
        return _pool.Version == version ? _card = CardOf(model, version) : null;
    }

    private ModelCard CardOf(ITransformer model, string version) => _describe(model) with { Version = version, Since = DateTimeOffset.UtcNow };
}
