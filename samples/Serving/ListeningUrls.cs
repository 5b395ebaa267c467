namespace MlNetRnn.Samples.Serving;

/// <summary>Where the service is told to listen.</summary>
internal static class ListeningUrls
{
    /// <returns>The same.</returns>
    /// <exception cref="FormatException">It is nowhere that a service can listen.</exception>
    public static string Expect(string urls)
    {
        string[] each = urls.Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (each.Length == 0 || !each.All(IsHttp)) throw new FormatException($"--urls: expected http://HOST:PORT, got '{urls}'");
        return urls;
    }

    private static bool IsHttp(string url)
    {
        try
        {
            BindingAddress address = BindingAddress.Parse(url);
            return address is { Scheme: "http", Port: >= 0 and <= 65535, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
