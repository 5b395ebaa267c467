namespace MlNetRnn.Samples.Serving;

/// <summary>The addresses of the option --urls.</summary>
internal static class ListeningUrls
{
    /// <summary>Validates addresses.</summary>
    /// <returns>The addresses, unchanged.</returns>
    /// <exception cref="FormatException">A service cannot listen on one of them.</exception>
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
