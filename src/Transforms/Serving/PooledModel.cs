using System.Collections.Concurrent;
using Microsoft.ML;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Serving;

/// <summary>A model with its prediction engines. It is freed after it has been retired and its last prediction has ended.</summary>
internal sealed class PooledModel<TSource, TDestination>
    where TSource : class
    where TDestination : class, new()
{
    /// <summary>The maximum number of idle engines that are kept. More engines exist only while more threads predict at once.</summary>
    private static readonly int MostIdle = 2 * Environment.ProcessorCount;

    private readonly MLContext _context;
    private readonly PredictionEngineOptions _options;
    private readonly bool _isOwned;
    private readonly ConcurrentBag<PredictionEngine<TSource, TDestination>> _idle = [];
    private readonly UseCount _uses;
    private int _idleCount;

    /// <param name="context">The ML.NET context.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">The options of the engines.</param>
    /// <param name="version">The version of the model.</param>
    /// <param name="isOwned">Whether the model is disposed at the end.</param>
    public PooledModel(MLContext context, ITransformer model, PredictionEngineOptions options, string version, bool isOwned)
    {
        (_context, Model, _options, Version, _isOwned) = (context, model, options, version, isOwned);
        _uses = new UseCount(End);
        // The first engine is created immediately, so that a model that does not fit is rejected before a prediction needs it.
        Keep(NewEngine());
    }

    public ITransformer Model { get; }

    public string Version { get; }

    /// <summary>Begins to use the model.</summary>
    /// <returns>False if the model has been freed.</returns>
    public bool TryTake() => _uses.TryEnter();

    public void Release() => _uses.Leave();

    /// <summary>Ends the use by the pool. The model is freed after its last use.</summary>
    public void Retire() => Release();

    private void End()
    {
        while (_idle.TryTake(out PredictionEngine<TSource, TDestination>? engine)) engine.Dispose();
        if (_isOwned) NativeModels.Release(Model);
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
            // After an exception, the state of the engine is unknown.
            engine.Dispose();
            throw;
        }
        Keep(engine);
        return answer;
    }

    public IReadOnlyList<TDestination> Predict(IEnumerable<TSource> rows)
    {
        IDataView view = _options.InputSchemaDefinition is { } input
            ? _context.Data.LoadFromEnumerable(rows, input)
            : _context.Data.LoadFromEnumerable(rows);
        IDataView scored = Model.Transform(view);
        return [.. _context.Data.CreateEnumerable<TDestination>(scored, reuseRowObject: false, _options.IgnoreMissingColumns, _options.OutputSchemaDefinition)];
    }

    // A separate counter, because ConcurrentBag.Count blocks all threads.
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
