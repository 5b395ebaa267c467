using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;

namespace MlNetRnn.Samples.Serving;

/// <summary>The page to try the models. It loads nothing from other servers, and its content security policy forbids that.</summary>
internal sealed class Page
{
    private readonly byte[] _html;
    private readonly string _policy;

    public Page()
    {
        using Stream resource = typeof(Page).Assembly.GetManifestResourceStream("page.html")!;
        using var reader = new StreamReader(resource);
        string html = reader.ReadToEnd();
        _html = Encoding.UTF8.GetBytes(html);
        _policy = $"default-src 'none'; script-src {Hash(html, "script")}; style-src {Hash(html, "style")}; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public Task Handle(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        context.Response.ContentType = $"{MediaTypeNames.Text.Html}; charset=utf-8";
        context.Response.ContentLength = _html.Length;
        return context.Response.Body.WriteAsync(_html, context.RequestAborted).AsTask();
    }

    /// <summary>Returns the hash of a script or style, so that the browser runs only those of the page, never a script from a text.</summary>
    private static string Hash(string html, string element)
    {
        int start = html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2, end = html.IndexOf($"</{element}>", StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])))}'";
    }
}
