using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

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
        builder.WebHost.UseUrls(urls).ConfigureKestrel(limits.Apply);
        builder.Services
            .AddSingleton(logs).AddSingleton(limits)
            .AddSingleton<RateLimiter>(_ => limits.CreateLimiter())
            .AddValidation()
            .AddProblemDetails(options => options.CustomizeProblemDetails = Problems.Describe)
            .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
            .ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions))
            .AddHealthChecks().AddCheck(Health.Name, new Health(models));

        WebApplication app = builder.Build();
        app.Use(SendNoSniff);
        app.UseExceptionHandler(Problems.Handling);
        app.UseStatusCodePages();
        RouteGroupBuilder scoring = app.MapGroup("").AddEndpointFilter<Admission>();
        scoring.MapPost("/classify", (ClassifyRequest request) => TextAnswers.Of(request, models.Texts));
        scoring.MapPost("/tag", (TextsRequest request) => TagAnswers.Of(request, models.Tags));
        scoring.MapPost(
            "/continue",
            (ContinueRequest request, RateLimiter limiter, CancellationToken leaving) =>
                TypedResults.ServerSentEvents(Continuation.Of(request, models.Writer, limiter, leaving)));
        scoring.MapPost(
            "/translate",
            (TranslateRequest request, CancellationToken leaving) => TranslationAnswers.Of(request, models.Translator, leaving));
        app.MapPost(
            "/caption",
            (HttpContext context, CancellationToken leaving) =>
                CaptionAnswers.Of(context.Features.GetRequiredFeature<CaptionRequest>(), models.Captioner, limits, leaving))
            .AddEndpointFilter(new ImageUpload(limits)).AddEndpointFilter<Admission>().WithMetadata(new RequestSizeLimitAttribute(limits.Image));
        for (int i = 0; i < models.Captioner.Examples.Count; i++)
        {
            byte[] picture = models.Captioner.Examples[i];
            app.MapMethods($"/scene/{i + 1}", Reading, () => TypedResults.Bytes(picture, MediaTypeNames.Image.Png));
        }
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = Health.Write }).WithMetadata(new HttpMethodMetadata(Reading));
        app.MapMethods("/", Reading, new Page().Handle);
        return app;
    }

    private static void Configure(JsonSerializerOptions json)
    {
        // Misspelled and repeated properties are refused, so that the client notices them.
        (json.UnmappedMemberHandling, json.PropertyNameCaseInsensitive, json.AllowDuplicateProperties) = (JsonUnmappedMemberHandling.Disallow, false, false);
        // Texts stay readable: quotes and letters beyond ASCII are not escaped. No browser interprets an answer as HTML: it has a content type, and nosniff.
        json.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // A regression may predict NaN or infinity, which must not fail the request.
        json.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
    }

    private static Task SendNoSniff(HttpContext context, RequestDelegate next)
    {
        // The exception handler clears the headers of the response, except those that are set when it starts.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
