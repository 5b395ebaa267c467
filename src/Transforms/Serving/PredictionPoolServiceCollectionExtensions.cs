using Microsoft.Extensions.Logging;
using Microsoft.ML;
using MlNetRnn;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that register prediction pools in a service collection.</summary>
public static class PredictionPoolServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="PredictionPool{TSource, TDestination}"/> over a model file as a singleton. The pool uses the registered <see cref="MLContext"/>,
    /// if any, and logs replaced and rejected files to the registered <see cref="ILogger{TCategoryName}"/>. The model is loaded when the pool is first
    /// resolved.
    /// </summary>
    /// <typeparam name="TSource">The type of the input rows.</typeparam>
    /// <typeparam name="TDestination">The type of the predictions.</typeparam>
    /// <param name="services">The service collection.</param>
    /// <param name="path">The file that <c>mlContext.Model.Save</c> wrote. A relative path is resolved immediately, against the current directory.</param>
    /// <param name="reloadEvery">The period of checks for a replaced file; <see langword="null"/> for no checks.</param>
    /// <param name="engines">The options of the engines; <see langword="null"/> for the defaults of ML.NET.</param>
    /// <param name="accept">Validates a newly loaded model; throw to reject it. <see langword="null"/> accepts any model with matching columns.</param>
    /// <param name="serviceKey">The key of the service, for several pools of the same types; <see langword="null"/> for no key.</param>
    /// <returns>The service collection, for chaining.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reloadEvery"/> is 0 or less.</exception>
    public static IServiceCollection AddPredictionPool<TSource, TDestination>(
        this IServiceCollection services,
        string path,
        TimeSpan? reloadEvery = null,
        PredictionEngineOptions? engines = null,
        Action<ITransformer>? accept = null,
        object? serviceKey = null)
        where TSource : class
        where TDestination : class, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        PredictionPool<TSource, TDestination>.CheckPeriod(reloadEvery);
        string file = Path.GetFullPath(path);
        return services.AddKeyedSingleton(serviceKey, (provider, _) => new PredictionPool<TSource, TDestination>(
            provider.GetService<MLContext>() ?? new MLContext(),
            file,
            reloadEvery,
            engines,
            accept,
            provider.GetService<ILogger<PredictionPool<TSource, TDestination>>>()));
    }
}
