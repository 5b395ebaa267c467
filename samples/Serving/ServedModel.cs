using Microsoft.ML;

namespace MlNetRnn.Samples.Serving;

/// <summary>A model whose file may be replaced while it answers: the pool of engines, and what is known of the model at work.</summary>
internal abstract class ServedModel(string role) : IDisposable
{
    /// <summary>How often the file is looked at.</summary>
    protected static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private long _requests;

    /// <summary>What the model is for, as health and log call it: the path that it answers.</summary>
    public string Role => role;

    /// <summary>How many requests were answered, by this model and those before it.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>The model at work.</summary>
    public abstract ModelCard Card { get; }

    public abstract void Dispose();

    protected void Count() => Interlocked.Increment(ref _requests);
}

/// <inheritdoc/>
/// <typeparam name="TRow">What the model reads.</typeparam>
/// <typeparam name="TAnswer">What it says.</typeparam>
internal sealed class ServedModel<TRow, TAnswer> : ServedModel
    where TRow : class
    where TAnswer : class, new()
{
    private readonly PredictionPool<TRow, TAnswer> _pool;
    private readonly Func<ITransformer, ModelCard> _describe;
    private volatile ModelCard _card;

    /// <param name="role">What the model is for.</param>
    /// <param name="ml">ML.NET.</param>
    /// <param name="file">The file.</param>
    /// <param name="engines">How engines are made.</param>
    /// <param name="describe">Says what a model is.</param>
    /// <param name="logs">Where replacements are told.</param>
    public ServedModel(string role, MLContext ml, string file, PredictionEngineOptions engines, Func<ITransformer, ModelCard> describe, ILoggerFactory logs) : base(role)
    {
        ILogger log = logs.CreateLogger(role);
        _describe = describe;
        _pool = new PredictionPool<TRow, TAnswer>(ml, file, Look, engines, model => describe(model));
        _card = CardOf(_pool.Model, _pool.Version);
        _pool.Reloaded += (_, _) => log.LogInformation("{File} was replaced: {Name}, version {Version}, is at work", file, Card.Name, Card.ShortVersion);
        _pool.ReloadFailed += (_, fault) => log.LogError("{File} was replaced by what cannot be used; {Name}, version {Version}, stays at work: {Fault}", file, Card.Name, Card.ShortVersion, ModelFault.Of(fault));
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

    /// <summary>Scores rows, all by one model.</summary>
    /// <returns>The answers in the order of the rows, and the model that gave them.</returns>
    public (IReadOnlyList<TAnswer> Answers, ModelCard Card) Predict(IReadOnlyCollection<TRow> rows)
    {
        while (true)
        {
            string version;
            // A single row is scored at once by an engine; several together.
            IReadOnlyList<TAnswer> answers = rows.Count == 1 ? [_pool.Predict(rows.First(), out version)] : _pool.Predict(rows, out version);
            // The names of the classes must be those of the model that answered. Where it has gone meanwhile, its successor is asked.
            if (TryCard(version) is not { } card) continue;
            Count();
            return (answers, card);
        }
    }

    public override void Dispose() => _pool.Dispose();

    /// <returns><see langword="null"/> where the model at work is another one.</returns>
    private ModelCard? TryCard(string version)
    {
        ModelCard card = _card;
        if (card.Version == version) return card;
        ITransformer model = _pool.Model;
        return _pool.Version == version ? _card = CardOf(model, version) : null;
    }

    private ModelCard CardOf(ITransformer model, string version) => _describe(model) with { Version = version, Since = DateTimeOffset.UtcNow };
}
