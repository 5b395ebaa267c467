using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace MlNetRnn.Samples.Serving;

/// <summary>The body of a request.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body.</summary>
    /// <exception cref="Refusal">It is not JSON, too long, or too slow.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, ServiceLimits limits)
    {
        ExpectJson(request);
        var content = new MemoryStream();
        try
        {
            var buffer = new byte[16 * 1024];
            long length = 0;
            for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0; length += read)
                if (length + read <= limits.Body) content.Write(buffer, 0, read);
            if (length > limits.Body) throw TooLong($"{length}");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLong("many more");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status408RequestTimeout)
        {
            throw new Refusal(e.StatusCode, $"expected a body that arrives with at least {limits.BodyRate.BytesPerSecond} bytes per second, got a slower one");
        }
        return content.GetBuffer().AsMemory(0, (int)content.Length);

        Refusal TooLong(string got) => new(StatusCodes.Status413PayloadTooLarge, $"expected a body of at most {limits.Body} bytes, got {got}");
    }

    private static void ExpectJson(HttpRequest request)
    {
        string type = request.ContentType ?? "";
        bool isJson = MediaTypeHeaderValue.TryParse(type, out MediaTypeHeaderValue? media)
            && media.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
            && (!media.Charset.HasValue || HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson) throw new Refusal(StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {MediaTypeNames.Application.Json} in UTF-8, got {(type.Length == 0 ? "none" : $"'{type}'")}");
        string encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0) throw new Refusal(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding: expected none, got '{encoding}'");
    }
}
