using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Serving;

namespace MlNetRnn;

/// <summary>
/// A thread-safe pool of prediction engines over one model, for example for a web service: a prediction engine of ML.NET serves only one thread at a time. The
/// model can be a file that is replaced while predictions run.
/// </summary>
/// <remarks>
/// <para>The pool works with any model of ML.NET. For models of this library, all engines share one network, so that an engine needs little memory. Register
/// the pool as a singleton: <c>services.AddPredictionPool&lt;TSource, TDestination&gt;("model.zip")</c>. The PredictionEnginePool of Microsoft.Extensions.ML
/// also works with models of this library.</para>
/// <para>A watched file is read again when its times, its length or the target of its path change. Symbolic links are followed, as in Kubernetes volumes.
/// Predictions in progress finish with the model that they started with. If a file is not a model, for example because it is still being written, the old model
/// remains in use until the file changes again. If a file cannot be read, reading is tried again. Write a new file under another name and rename it.</para>
/// </remarks>
/// <typeparam name="TSource">The type of the input rows.</typeparam>
/// <typeparam name="TDestination">The type of the predictions.</typeparam>
public sealed class PredictionPool<TSource, TDestination> : IDisposable
    where TSource : class
    where TDestination : class, new()
{
    private readonly MLContext _context;
    private readonly PredictionEngineOptions _engines;
    private readonly Action<ITransformer>? _accept;
    private readonly WatchedModelFile? _file;
    private readonly ILogger _logger = NullLogger.Instance;
    private readonly string _path = "";
    private readonly object _swap = new();
    private volatile PooledModel<TSource, TDestination> _current;
    private volatile bool _disposed;
    private bool _hasFailed;

    /// <summary>Creates a pool over a model in memory. The pool does not dispose the model.</summary>
    /// <param name="context">The ML.NET context.</param>
    /// <param name="model">The model.</param>
    /// <param name="engines">The options of the engines, such as schema definitions; <see langword="null"/> for the defaults of ML.NET.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model needs a column that <typeparamref name="TSource"/> lacks.</exception>
    public PredictionPool(MLContext context, ITransformer model, PredictionEngineOptions? engines = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        (_context, _engines) = (context, Shared(engines));
        _current = new PooledModel<TSource, TDestination>(context, model, _engines, version: "", isOwned: false);
    }

    /// <summary>Creates a pool over a model file.</summary>
    /// <param name="context">The ML.NET context.</param>
    /// <param name="path">The file that <c>mlContext.Model.Save</c> wrote. A relative path is resolved once, against the current directory.</param>
    /// <param name="reloadEvery">The period of checks for a replaced file; <see langword="null"/> for no checks: call <see cref="Reload"/> instead.</param>
    /// <param name="engines">The options of the engines, such as schema definitions; <see langword="null"/> for the defaults of ML.NET.</param>
    /// <param name="accept">
    /// Validates a newly loaded model; throw to reject it, for example because its classes differ. <see langword="null"/> accepts any model with matching
    /// columns.
    /// </param>
    /// <param name="logger">
    /// Logs each replaced file: at level Information if its model is used, at level Error if it is rejected; <see langword="null"/> for no logging.
    /// </param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a model; ML.NET may wrap this exception.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The model needs a column that <typeparamref name="TSource"/> lacks, or <paramref name="reloadEvery"/> is 0 or less.
    /// </exception>
    public PredictionPool(
        MLContext context,
        string path,
        TimeSpan? reloadEvery = null,
        PredictionEngineOptions? engines = null,
        Action<ITransformer>? accept = null,
        ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckPeriod(reloadEvery);
        (_context, _engines, _accept, _logger, _path) = (context, Shared(engines), accept, logger ?? NullLogger.Instance, path);
        _file = new WatchedModelFile(path);
        PooledModel<TSource, TDestination>? first = null;
        _file.Read(content => first = Load(content));
        _current = first!;
        if (reloadEvery is { } period) _file.Watch(period, Replace, Fail);
    }

    /// <summary>
    /// Raised when a replaced file is in use, including the return of the previous file after a failure. Raised on a background thread; exceptions of a handler
    /// are ignored.
    /// </summary>
    public event EventHandler? Reloaded;

    /// <summary>
    /// Raised when a replaced file cannot be used and the old model remains in use. Raised on a background thread; exceptions of a handler are ignored.
    /// </summary>
    public event EventHandler<Exception>? ReloadFailed;

    /// <summary>The model in use. A model from a file is released when it has been replaced and its last prediction has ended.</summary>
    public ITransformer Model => _current.Model;

    /// <summary>The SHA-256 of the file of the model in use, in hexadecimal digits; empty for a model in memory.</summary>
    public string Version => _current.Version;

    /// <summary>Scores one row on the calling thread. Thread-safe.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public TDestination Predict(TSource row) => Predict(row, out _);

    /// <summary>Scores one row on the calling thread. Thread-safe.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">The <see cref="Version"/> of the model that scored it.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public TDestination Predict(TSource row, out string version)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Use(model => model.Predict(row), out version);
    }

    /// <summary>Scores several rows together, in batches that are distributed over the cores. Thread-safe.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The predictions in the order of the rows, all of the same model.</returns>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public IReadOnlyList<TDestination> Predict(IReadOnlyCollection<TSource> rows) => Predict(rows, out _);

    /// <summary>Scores several rows together, in batches that are distributed over the cores. Thread-safe.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="version">The <see cref="Version"/> of the model that scored them.</param>
    /// <returns>The predictions in the order of the rows, all of the same model.</returns>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public IReadOnlyList<TDestination> Predict(IReadOnlyCollection<TSource> rows, out string version)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Use(model => model.Predict(rows), out version);
    }

    /// <summary>Reads the file again now. If this fails, the old model remains in use.</summary>
    /// <exception cref="InvalidOperationException">The pool has no file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a model; ML.NET may wrap this exception.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Reload()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_file is null)
        {
            throw new InvalidOperationException(
                "PredictionPool: expected a pool over a file, got one over a model in memory. Create the pool with the path of the model.");
        }
        _file.Read(Replace);
    }

    /// <summary>Stops watching the file. A model from a file is released after predictions in progress have ended.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        lock (_swap)
        {
            if (_disposed) return;
            _disposed = true;
            _current.Retire();
        }
    }

    internal static void CheckPeriod(TimeSpan? reloadEvery)
    {
        if (reloadEvery <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(reloadEvery), reloadEvery, "expected a period above 0, or null for no checks");
    }

    private void Replace(byte[] content)
    {
        if (WatchedModelFile.VersionOf(content) == Version)
        {
            if (_hasFailed) Succeed();
            return;
        }
        PooledModel<TSource, TDestination> model = Load(content);
        lock (_swap)
        {
            // In either case, the model that is not in use is retired.
            if (!_disposed) (_current, model) = (model, _current);
            model.Retire();
        }
        if (!_disposed) Succeed();
    }

    private void Succeed()
    {
        _hasFailed = false;
        Notify(() => _logger.LogInformation("{Path} was replaced; version {Version} is used", _path, Version));
        Notify(() => Reloaded?.Invoke(this, EventArgs.Empty));
    }

    private void Fail(Exception fault)
    {
        _hasFailed = true;
        string reason = fault.GetBaseException().Message;
        Notify(() => _logger.LogError(fault, "{Path} was replaced and cannot be used; version {Version} stays in use: {Reason}", _path, Version, reason));
        Notify(() => ReloadFailed?.Invoke(this, fault));
    }

    /// <summary>Calls a handler or a logger. An exception on the thread of the timer would end the process.</summary>
    private static void Notify(Action raise)
    {
        try
        {
            raise();
        }
        catch
        {
            // Exceptions of handlers and loggers are ignored.
        }
    }

    private PooledModel<TSource, TDestination> Load(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        ITransformer model = _context.Model.Load(stream, out _);
        try
        {
            _accept?.Invoke(model);
            NativeModels.Open(model);
            return new PooledModel<TSource, TDestination>(_context, model, _engines, WatchedModelFile.VersionOf(content), isOwned: true);
        }
        catch
        {
            NativeModels.Release(model);
            throw;
        }
    }

    /// <summary>Keeps the model in use alive while a function uses it.</summary>
    private TAnswer Use<TAnswer>(Func<PooledModel<TSource, TDestination>, TAnswer> use, out string version)
    {
        PooledModel<TSource, TDestination> model = Take();
        try
        {
            version = model.Version;
            return use(model);
        }
        finally
        {
            model.Release();
        }
    }

    /// <summary>Takes the model in use. Another thread may replace it between reading the field and taking the model.</summary>
    private PooledModel<TSource, TDestination> Take()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            PooledModel<TSource, TDestination> model = _current;
            if (model.TryTake()) return model;
        }
    }

    /// <summary>Returns options with which an engine does not dispose the model, which other engines share.</summary>
    private static PredictionEngineOptions Shared(PredictionEngineOptions? own) => new()
    {
        IgnoreMissingColumns = own?.IgnoreMissingColumns ?? false,
        InputSchemaDefinition = own?.InputSchemaDefinition,
        OutputSchemaDefinition = own?.OutputSchemaDefinition,
        OwnsTransformer = false,
    };
}
