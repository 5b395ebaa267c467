using System.Collections.Concurrent;
using Microsoft.ML;
using MlNetRnn.Networks;

namespace MlNetRnn.Serving;

/// <summary>A model with its engines. It lives as long as somebody uses it, and one use more until it is retired.</summary>
internal sealed class PooledModel<TSource, TDestination>
    where TSource : class
    where TDestination : class, new()
{
    /// <summary>So many idle engines are kept; more are at work only where more threads than that run at once.</summary>
    private static readonly int MostIdle = 2 * Environment.ProcessorCount;

    private readonly MLContext _context;
    private readonly PredictionEngineOptions _options;
    private readonly bool _isOwned;
    private readonly ConcurrentBag<PredictionEngine<TSource, TDestination>> _idle = [];
    private readonly UseCount _uses;
    private int _idleCount;

    /// <param name="context">ML.NET.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How engines are made.</param>
    /// <param name="version">What tells it from another.</param>
    /// <param name="isOwned">Whether it is disposed of at the end.</param>
    public PooledModel(MLContext context, ITransformer model, PredictionEngineOptions options, string version, bool isOwned)
    {
        (_context, Model, _options, Version, _isOwned) = (context, model, options, version, isOwned);
        _uses = new UseCount(End);
        // A model that does not fit is refused before anybody waits for its answer.
        Keep(NewEngine());
    }

    public ITransformer Model { get; }

    public string Version { get; }

    /// <returns>False where it has ended.</returns>
    public bool TryTake() => _uses.TryEnter();

    public void Release() => _uses.Leave();

    /// <summary>It ends with its last use.</summary>
    public void Retire() => Release();

    private void End()
    {
        while (_idle.TryTake(out PredictionEngine<TSource, TDestination>? engine)) engine.Dispose();
        if (_isOwned) RnnTransformer.Release(Model);
    }

    public TDestination Predict(TSource row)
    {
        if (_idle.TryTake(out PredictionEngine<TSource, TDestination>? engine)) Interlocked.Decrement(ref _idleCount);
        else engine = NewEngine();
        TDestination answer;
        try
        {
            answer = engine.Predict(row);
        }
        catch
        {
            // What threw in the middle may not be as it was.
            engine.Dispose();
            throw;
        }
        Keep(engine);
        return answer;
    }

    public IReadOnlyList<TDestination> Predict(IEnumerable<TSource> rows)
    {
        IDataView view = _options.InputSchemaDefinition is { } input ? _context.Data.LoadFromEnumerable(rows, input) : _context.Data.LoadFromEnumerable(rows);
        return [.. _context.Data.CreateEnumerable<TDestination>(Model.Transform(view), reuseRowObject: false, _options.IgnoreMissingColumns, _options.OutputSchemaDefinition)];
    }

    // Counted here: to count a bag, all threads have to wait.
    private void Keep(PredictionEngine<TSource, TDestination> engine)
    {
        if (Interlocked.Increment(ref _idleCount) <= MostIdle)
        {
            _idle.Add(engine);
            return;
        }
        Interlocked.Decrement(ref _idleCount);
        engine.Dispose();
    }

    private PredictionEngine<TSource, TDestination> NewEngine() => _context.Model.CreatePredictionEngine<TSource, TDestination>(Model, _options);
}
