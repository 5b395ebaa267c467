using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;

namespace MlNetRnn.Samples.Serving;

/// <summary>The page to try the models. It loads nothing from other servers, and its content security policy forbids that.</summary>
internal sealed class Page
{
    private readonly string _html, _policy;

    public Page()
    {
        using Stream resource = typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
        using var reader = new StreamReader(resource);
        _html = reader.ReadToEnd();
        // Images are those that the user chose, and the examples, which the page requests itself: both are in the memory of the browser.
        _policy = $"default-src 'none'; script-src {Hash("script")}; style-src {Hash("style")}; connect-src 'self'; img-src blob:; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>Returns the page.</summary>
    public IResult Handle(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = _policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        return TypedResults.Content(_html, MediaTypeNames.Text.Html, Encoding.UTF8);
    }

    /// <summary>Returns the hash of a script or style, so that the browser runs only those of the page, never a script from a text.</summary>
    private string Hash(string element)
    {
        int start = _html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        int end = _html.IndexOf($"</{element}>", StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_html[start..end])))}'";
    }
}
