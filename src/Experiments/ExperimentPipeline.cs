using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>One way from rows to a model, with the options that are searched.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Space">Its options.</param>
/// <param name="Create">Makes it anew for each trial.</param>
internal sealed record ExperimentPipeline(string Name, OptionSpace Space, Func<MLContext, object, IEstimator<ITransformer>> Create);
