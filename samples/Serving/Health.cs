namespace MlNetRnn.Samples.Serving;

/// <summary>Whether the service is there, which models it serves, and how much it has answered.</summary>
internal sealed class Health(ServedModels models)
{
    private readonly DateTimeOffset _since = DateTimeOffset.UtcNow;

    public Task Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(Told(), ServiceJson.Options, context.RequestAborted);
    }

    private ServiceHealth Told()
    {
        ServedModel[] all = [models.Texts.Model, models.Tags.Model];
        return new ServiceHealth("ok", _since, all.Sum(model => model.Requests), all.ToDictionary(model => model.Role, Told));
    }

    private static ModelHealth Told(ServedModel model)
    {
        ModelCard card = model.Card;
        return new ModelHealth(card.Name, card.ShortVersion, card.Since, model.Requests);
    }

    /// <param name="Status">"ok": whoever reads this has an answer.</param>
    /// <param name="Since">Since when the service runs.</param>
    /// <param name="Requests">How many requests were answered.</param>
    /// <param name="Models">The models by the path that they answer.</param>
    private sealed record ServiceHealth(string Status, DateTimeOffset Since, long Requests, IReadOnlyDictionary<string, ModelHealth> Models);

    /// <param name="Name">What the model is.</param>
    /// <param name="Version">The version that answers carry.</param>
    /// <param name="Since">Since when it is at work.</param>
    /// <param name="Requests">How many requests were answered, by it and those before it.</param>
    private sealed record ModelHealth(string Name, string Version, DateTimeOffset Since, long Requests);
}
