namespace MlNetRnn.Samples.Serving;

/// <summary>The answer to /health: the models of the service, and the number of requests that it has answered.</summary>
internal sealed class Health(ServedModels models)
{
    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;

    public Task Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(Current(), ServiceJson.Options, context.RequestAborted);
    }

    private ServiceHealth Current()
    {
        ServedModel[] all = [models.Texts.Model, models.Tags.Model];
        return new ServiceHealth("ok", _since, all.Sum(model => model.Requests), all.ToDictionary(model => model.Role, Of));
    }

    private static ModelHealth Of(ServedModel model)
    {
        ModelCard card = model.Card;
        return new ModelHealth(card.Name, model.Title, card.ShortVersion, card.Since, model.Requests);
    }

    /// <param name="Status">Always "ok": a service that fails does not answer.</param>
    /// <param name="Since">The start of the service.</param>
    /// <param name="Requests">The number of answered requests.</param>
    /// <param name="Models">The models by their paths.</param>
    private sealed record ServiceHealth(string Status, DateTimeOffset Since, long Requests, IReadOnlyDictionary<string, ModelHealth> Models);

    /// <param name="Name">The description of the model.</param>
    /// <param name="Title">The heading of its predictions on the page.</param>
    /// <param name="Version">The version, as in the answers.</param>
    /// <param name="Since">The time when it was loaded.</param>
    /// <param name="Requests">The number of requests answered by it and its predecessors.</param>
    private sealed record ModelHealth(string Name, string Title, string Version, DateTimeOffset Since, long Requests);
}
