using Microsoft.AspNetCore.WebUtilities;

namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Writes every error as application/problem+json (RFC 9457) with what was expected and what was received. An error of the service itself reveals no details.
/// </summary>
internal sealed class Problems(RequestDelegate next, ILoggerFactory logs)
{
    private const int LongestPath = 100;
    private readonly ILogger _log = logs.CreateLogger("requests");

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 } response) await Write(context, response.StatusCode, Unrouted(context));
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Refusal refusal)
        {
            if (refusal.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
            await Write(context, refusal.Status, refusal.Message);
        }
        catch (BadHttpRequestException e)
        {
            await Write(context, e.StatusCode, e.Message);
        }
        catch (Exception e)
        {
            _log.LogError("{Method} {Path} failed: {Type}: {Fault}", context.Request.Method, Path(context), e.GetType().Name, ModelFault.Of(e));
            if (context.Response.HasStarted) context.Abort();
            else await Write(context, StatusCodes.Status500InternalServerError, "the service failed; its log contains the error");
        }
    }

    /// <summary>Describes a request that routing refused.</summary>
    private static string Unrouted(HttpContext context) => context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
        ? $"{Path(context)}: expected {context.Response.Headers.Allow}, got {context.Request.Method}"
        : $"expected one of the paths /, /classify, /tag and /health, got {Path(context)}";

    private static string Path(HttpContext context) => context.Request.Path.Value is { } path ? path.Length <= LongestPath ? path : $"{path[..LongestPath]}…" : "";

    private static Task Write(HttpContext context, int status, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { title = ReasonPhrases.GetReasonPhrase(status), status, detail }, ServiceJson.Options, "application/problem+json", context.RequestAborted);
    }
}
