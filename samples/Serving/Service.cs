namespace MlNetRnn.Samples.Serving;

/// <summary>The web service.</summary>
internal static class Service
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Builds the service.</summary>
    /// <param name="models">The models; the caller disposes of them.</param>
    /// <param name="limits">The limits of requests.</param>
    /// <param name="urls">The addresses to listen on.</param>
    /// <param name="logs">Receives errors.</param>
    public static WebApplication Build(ServedModels models, ServiceLimits limits, string urls, ILoggerFactory logs)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton(_ => new Admission(limits));
        builder.WebHost.UseUrls(urls).ConfigureKestrel(limits.Apply);
        WebApplication app = builder.Build();

        var admission = app.Services.GetRequiredService<Admission>();
        var page = new Page();
        var health = new Health(models);
        app.UseMiddleware<Problems>();
        app.MapPost("/classify", new TextEndpoint(limits, admission, mayExplain: true, new TextAnswers(models.Texts, limits).Answer).Handle);
        app.MapPost("/tag", new TextEndpoint(limits, admission, mayExplain: false, new TagAnswers(models.Tags).Answer).Handle);
        app.MapMethods("/health", Reading, health.Handle);
        app.MapMethods("/", Reading, page.Handle);
        return app;
    }
}
