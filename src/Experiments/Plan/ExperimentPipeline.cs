using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>A pipeline that an experiment tries, with its searched options.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Space">The options.</param>
/// <param name="Create">Creates the pipeline for a trial.</param>
internal sealed record ExperimentPipeline(string Name, OptionSpace Space, Func<MLContext, object, IEstimator<ITransformer>> Create);
