using Microsoft.Extensions.Logging;
using Microsoft.ML;
using MlNetRnn;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers prediction pools with a container of services.</summary>
public static class PredictionPoolServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="PredictionPool{TSource, TDestination}"/> over a model file as a singleton. It uses the container's <see cref="MLContext"/> where one is registered, and logs
    /// to the container's <see cref="ILogger{TCategoryName}"/> when the file is replaced or refused. The model is loaded when the pool is first asked for.
    /// </summary>
    /// <typeparam name="TSource">A row that comes in.</typeparam>
    /// <typeparam name="TDestination">What comes out.</typeparam>
    /// <param name="services">The container's services.</param>
    /// <param name="path">The file, as ML.Model.Save wrote it. A relative path is that of the current directory now.</param>
    /// <param name="reloadEvery">How often to look whether the file was replaced; <see langword="null"/> for never.</param>
    /// <param name="engines">How engines are made; <see langword="null"/> for ML.NET's way.</param>
    /// <param name="accept">Validates a newly loaded model; throw to reject it. <see langword="null"/> accepts any whose columns fit.</param>
    /// <param name="serviceKey">The key, where there are several pools of the same types; <see langword="null"/> for none.</param>
    /// <returns>The same services, for additional calls.</returns>
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
            provider.GetService<MLContext>() ?? new MLContext(), file, reloadEvery, engines, accept, provider.GetService<ILogger<PredictionPool<TSource, TDestination>>>()));
    }
}
