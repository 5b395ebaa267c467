using System.Text.Json;
using MlNetRnn.Options;

namespace MlNetRnn.Experiments;

/// <summary>Describes an experiment in lines: everything that its trials depend on. The limits of time and number of trials may change.</summary>
internal static class ExperimentIdentity
{
    public static string Of(ExperimentPlan plan) => string.Join('\n', Lines(plan));

    private static IEnumerable<string> Lines(ExperimentPlan plan)
    {
        yield return $"seed {plan.Seed}, {plan.Settings.ParallelTrials} at once, {plan.Data.Folds.Count} fold(s)";
        yield return $"metric {plan.Metric.Name}, {(plan.Metric.IsMaximize ? "higher" : "lower")} is better";
        yield return $"tuner {plan.Tuner.GetType().Name}, pruner {plan.Settings.Pruner?.GetType().Name ?? "none"}";
        IEnumerable<string> columns = plan.Data.Folds[0].Train.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}");
        yield return $"data {string.Join(", ", columns)}";
        foreach (ExperimentPipeline pipeline in plan.Pipelines)
        {
            yield return $"pipeline {pipeline.Name}";
            foreach (string line in Describe(pipeline.Space)) yield return $"  {line}";
            foreach (SearchDimension dimension in pipeline.Space.Dimensions) yield return $"  {dimension}";
        }
    }

    private static IEnumerable<string> Describe(OptionSpace space)
    {
        object start = space.CreateStart();
        try
        {
            return [.. Flat(OptionsJson.Write(start), start.GetType().Name)];
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or JsonException)
        {
            return [start.GetType().Name];        // user options that cannot be serialized
        }
    }

    /// <summary>One line for each option, so that a message can name the differences.</summary>
    private static IEnumerable<string> Flat(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(property => Flat(property.Value, $"{path}.{property.Name}"))
        : [$"{path} = {element.GetRawText()}"];
}
