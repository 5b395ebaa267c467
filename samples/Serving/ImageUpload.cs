namespace MlNetRnn.Samples.Serving;

/// <summary>
/// Receives the image of a request. It is a filter before that of <see cref="Admission"/>, so that no place is held while a slow client sends. The memory of
/// all images is limited: each may have many megabytes, and many may arrive or wait at the same time.
/// </summary>
internal sealed class ImageUpload(ServiceLimits limits) : IEndpointFilter
{
    private const int PartLength = 1 << 16;

    private long _held;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest http = context.HttpContext.Request;
        if (http.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) != true)
            return TypedResults.Problem(Problems.ExpectedImageType(http), statusCode: StatusCodes.Status415UnsupportedMediaType);
        Dictionary<string, string[]> errors = [];
        CaptionRequest request = CaptionRequest.Of(http.Query, errors);
        if (errors.Count > 0) return Problems.Invalid(errors);
        long held = 0;
        try
        {
            var part = new byte[PartLength];
            int length;
            while ((length = await http.Body.ReadAsync(part, context.HttpContext.RequestAborted)) > 0)
            {
                held += length;
                if (Interlocked.Add(ref _held, length) > limits.ImagesInMemory) return Refuse(context.HttpContext);
                request.Image.Write(part, 0, length);
            }
            context.HttpContext.Features.Set(request);
            return await next(context);
        }
        finally
        {
            Interlocked.Add(ref _held, -held);
        }
    }

    private IResult Refuse(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        string detail = $"expected at most {limits.ImagesInMemory} bytes of all images in progress, got more; try again in a second";
        return TypedResults.Problem(detail, statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
