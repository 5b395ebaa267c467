using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlNetRnn.Samples.Serving;

/// <summary>The health check of the service: its models, and the number of requests that it has answered.</summary>
internal sealed class Health(ServedModels models) : IHealthCheck
{
    /// <summary>The name of the check.</summary>
    public const string Name = "models";

    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;

    /// <summary>Always healthy: a service that fails does not answer.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ServedModel[] all = [.. models.All];
        return Task.FromResult(HealthCheckResult.Healthy(data: new Dictionary<string, object>
        {
            ["since"] = _since,
            ["requests"] = all.Sum(model => model.Requests),
            ["models"] = all.ToDictionary(model => model.Role, Of),
        }));
    }

    /// <summary>Writes the answer to /health.</summary>
    public static Task Write(HttpContext context, HealthReport report)
    {
        string status = report.Status == HealthStatus.Healthy ? "ok" : "unhealthy";
        return context.Response.WriteAsJsonAsync(new Dictionary<string, object>([new("status", status), .. report.Entries[Name].Data]), context.RequestAborted);
    }

    private static ModelHealth Of(ServedModel model)
    {
        ModelCard card = model.Card;
        return new ModelHealth(
            card.Name, model.Title, card.ShortVersion, card.Since, model.Requests, card.SourceLanguages, card.TargetLanguages, card.Examples);
    }

    /// <param name="Name">The description of the model.</param>
    /// <param name="Title">The heading of its predictions on the page.</param>
    /// <param name="Version">The version, as in the answers.</param>
    /// <param name="Since">The time when it was loaded.</param>
    /// <param name="Requests">The number of requests answered by it and its predecessors.</param>
    /// <param name="SourceLanguages">The source languages of a translation model.</param>
    /// <param name="TargetLanguages">The languages that a translation model translates to.</param>
    /// <param name="Examples">The number of images that the page offers for a captioning model: /scene/1 and so on.</param>
    private sealed record ModelHealth(
        string Name,
        string Title,
        string Version,
        DateTimeOffset Since,
        long Requests,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? SourceLanguages,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? TargetLanguages,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Examples);
}
