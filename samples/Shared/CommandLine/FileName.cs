namespace MlNetRnn.Samples;

/// <summary>Names of files that may be compressed.</summary>
internal static class FileName
{
    private const string Gzip = ".gz";

    /// <summary>Returns the extension of a name in lowercase, without that of gzip: ".tsv" for "a.TSV.gz".</summary>
    public static string ExtensionOf(string path) =>
        Path.GetExtension(path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase) ? path[..^Gzip.Length] : path).ToLowerInvariant();
}
