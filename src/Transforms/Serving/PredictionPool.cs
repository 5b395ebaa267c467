using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using MlNetRnn.Serving;

namespace MlNetRnn;

/// <summary>
/// Prediction engines for any number of threads over one model in memory, as a web service needs them: an engine of ML.NET serves one thread at a time. The
/// model may be a file that is replaced while predictions run.
/// </summary>
/// <remarks>
/// <para>Any model of ML.NET will do; those of this library share one network among all engines, so that an engine costs little. Register the pool as a
/// singleton: <c>services.AddPredictionPool&lt;TSource, TDestination&gt;("model.zip")</c>. (Microsoft.Extensions.ML's PredictionEnginePool works with these models, too.)</para>
/// <para>A file that is watched is read again when its times, its length or the place that its path leads to have changed; symbolic links are followed, as in a volume of
/// Kubernetes. Predictions that have begun end with the model that they began with. A file that is not a model, for instance because it is still being written, leaves the old
/// model at work until it changes again; one that cannot be read is tried again. Write the new file beside the old one and rename it.</para>
/// </remarks>
/// <typeparam name="TSource">A row that comes in.</typeparam>
/// <typeparam name="TDestination">What comes out.</typeparam>
public sealed class PredictionPool<TSource, TDestination> : IDisposable
    where TSource : class
    where TDestination : class, new()
{
    private readonly MLContext _context;
    private readonly PredictionEngineOptions _engines;
    private readonly Action<ITransformer>? _accept;
    private readonly ModelFile? _file;
    private readonly ILogger _logger = NullLogger.Instance;
    private readonly string _path = "";
    private readonly object _swap = new();
    private volatile PooledModel<TSource, TDestination> _current;
    private volatile bool _disposed;
    private bool _hasFailed;

    /// <summary>A pool over a model in memory, which stays the caller's.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="model">The model.</param>
    /// <param name="engines">How engines are made: schema definitions where names differ; <see langword="null"/> for ML.NET's way.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model needs a column that <typeparamref name="TSource"/> lacks.</exception>
    public PredictionPool(MLContext context, ITransformer model, PredictionEngineOptions? engines = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        (_context, _engines) = (context, Shared(engines));
        _current = new PooledModel<TSource, TDestination>(context, model, _engines, version: "", isOwned: false);
    }

    /// <summary>A pool over a model in a file.</summary>
    /// <param name="context">ML.NET.</param>
    /// <param name="path">The file, as ML.Model.Save wrote it. A relative path is that of the current directory now, wherever that may be later.</param>
    /// <param name="reloadEvery">How often to look whether the file was replaced; <see langword="null"/> for never: <see cref="Reload"/> remains.</param>
    /// <param name="engines">How engines are made: schema definitions where names differ; <see langword="null"/> for ML.NET's way.</param>
    /// <param name="accept">Looks at a model before it is put to work, and throws where it is not what you serve (another kind of answer, other classes); <see langword="null"/> for any whose columns fit.</param>
    /// <param name="logger">Receives a line for each replaced file: an information where its model is used, an error where it is refused; <see langword="null"/> for none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a model; ML.NET may wrap this.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model needs a column that <typeparamref name="TSource"/> lacks, or <paramref name="reloadEvery"/> is 0 or less.</exception>
    public PredictionPool(MLContext context, string path, TimeSpan? reloadEvery = null, PredictionEngineOptions? engines = null, Action<ITransformer>? accept = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrEmpty(path);
        CheckPeriod(reloadEvery);
        (_context, _engines, _accept, _logger, _path) = (context, Shared(engines), accept, logger ?? NullLogger.Instance, path);
        _file = new ModelFile(path);
        PooledModel<TSource, TDestination>? first = null;
        _file.Read(content => first = Load(content));
        _current = first!;
        if (reloadEvery is { } period) _file.Watch(period, Replace, Fail);
    }

    /// <summary>
    /// Raised on a thread of the pool when the file was replaced and its model is at work, also when the old one comes back after a failure. What a handler
    /// throws is lost.
    /// </summary>
    public event EventHandler? Reloaded;

    /// <summary>Raised on a thread of the pool when the replaced file could not be put to work; the old model still is. What a handler throws is lost.</summary>
    public event EventHandler<Exception>? ReloadFailed;

    /// <summary>The model that is at work now. One that came from a file is released when its successor has come and its last prediction has ended.</summary>
    public ITransformer Model => _current.Model;

    /// <summary>The SHA-256 of the file of the model at work, in hexadecimal digits; empty for a model that was given in memory.</summary>
    public string Version => _current.Version;

    /// <summary>Scores one row, on the caller's thread. Safe for any number of threads.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed of.</exception>
    public TDestination Predict(TSource row) => Predict(row, out _);

    /// <summary>Scores one row, on the caller's thread. Safe for any number of threads.</summary>
    /// <param name="row">The row.</param>
    /// <param name="version">The <see cref="Version"/> of the model that scored it.</param>
    /// <exception cref="ObjectDisposedException">The pool is disposed of.</exception>
    public TDestination Predict(TSource row, out string version)
    {
        ArgumentNullException.ThrowIfNull(row);
        return Use(model => model.Predict(row), out version);
    }

    /// <summary>Scores rows together, in batches that are spread over the cores. Safe for any number of threads.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>The answers, in the order of the rows; all of one model.</returns>
    /// <exception cref="ObjectDisposedException">The pool is disposed of.</exception>
    public IReadOnlyList<TDestination> Predict(IReadOnlyCollection<TSource> rows) => Predict(rows, out _);

    /// <summary>Scores rows together, in batches that are spread over the cores. Safe for any number of threads.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="version">The <see cref="Version"/> of the model that scored them.</param>
    /// <returns>The answers, in the order of the rows; all of one model.</returns>
    /// <exception cref="ObjectDisposedException">The pool is disposed of.</exception>
    public IReadOnlyList<TDestination> Predict(IReadOnlyCollection<TSource> rows, out string version)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Use(model => model.Predict(rows), out version);
    }

    /// <summary>Reads the file again, now. Where that fails, the old model stays at work.</summary>
    /// <exception cref="InvalidOperationException">The pool has no file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is no model; ML.NET may wrap this.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed of.</exception>
    public void Reload()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_file is null) throw new InvalidOperationException("PredictionPool: expected a pool over a file, got one over a model in memory. Make the pool with the path of the model.");
        _file.Read(Replace);
    }

    /// <summary>Ends watching the file; engines that are at work end first. A model that came from a file is released.</summary>
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
        if (reloadEvery <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(reloadEvery), reloadEvery, "expected more than no time, or null for never");
    }

    private void Replace(byte[] content)
    {
        if (ModelFile.VersionOf(content) == Version)
        {
            if (_hasFailed) Succeed();
            return;
        }
        PooledModel<TSource, TDestination> model = Load(content);
        lock (_swap)
        {
            // Either way the one that is not to stay loses its first use.
            if (!_disposed) (_current, model) = (model, _current);
            model.Retire();
        }
        if (!_disposed) Succeed();
    }

    private void Succeed()
    {
        _hasFailed = false;
        Tell(() => _logger.LogInformation("{Path} was replaced; version {Version} is used", _path, Version));
        Tell(() => Reloaded?.Invoke(this, EventArgs.Empty));
    }

    private void Fail(Exception fault)
    {
        _hasFailed = true;
        Tell(() => _logger.LogError(fault, "{Path} was replaced and cannot be used; version {Version} stays in use: {Reason}", _path, Version, fault.GetBaseException().Message));
        Tell(() => ReloadFailed?.Invoke(this, fault));
    }

    /// <summary>A handler or a logger that throws on a thread of a timer would end the process.</summary>
    private static void Tell(Action raise)
    {
        try
        {
            raise();
        }
        catch
        {
            // It is the handler's own matter, or the logger's.
        }
    }

    private PooledModel<TSource, TDestination> Load(byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        ITransformer model = _context.Model.Load(stream, out _);
        try
        {
            _accept?.Invoke(model);
            RnnTransformer.Open(model);
            return new PooledModel<TSource, TDestination>(_context, model, _engines, ModelFile.VersionOf(content), isOwned: true);
        }
        catch
        {
            RnnTransformer.Release(model);
            throw;
        }
    }

    /// <summary>Keeps the model that is at work alive while it is used.</summary>
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

    /// <summary>A model may be replaced between looking and taking.</summary>
    private PooledModel<TSource, TDestination> Take()
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            PooledModel<TSource, TDestination> model = _current;
            if (model.TryTake()) return model;
        }
    }

    /// <summary>No engine may dispose of a model that others use.</summary>
    private static PredictionEngineOptions Shared(PredictionEngineOptions? own) => new()
    {
        IgnoreMissingColumns = own?.IgnoreMissingColumns ?? false,
        InputSchemaDefinition = own?.InputSchemaDefinition,
        OutputSchemaDefinition = own?.OutputSchemaDefinition,
        OwnsTransformer = false,
    };
}
