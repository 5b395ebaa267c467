using System.Security.Cryptography;

namespace MlNetRnn.Serving;

/// <summary>The file of a model, looked at from time to time. By its time and length and not by notifications, which network drives and containers lose.</summary>
internal sealed class ModelFile(string path) : IDisposable
{
    private readonly object _one = new();
    private Timer? _timer;
    private (DateTime Written, long Length) _seen;

    /// <summary>What tells one content from another.</summary>
    public static string VersionOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>Reads the file and has it used; one at a time.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void Read(Action<byte[]> use)
    {
        lock (_one)
        {
            // Before reading: what changes meanwhile is seen the next time.
            (DateTime, long) state = State();
            byte[] content = File.ReadAllBytes(path);
            _seen = state;
            use(content);
        }
    }

    /// <param name="period">How often.</param>
    /// <param name="use">Is given the content when the file has changed.</param>
    /// <param name="failed">Told once of what was thrown for a state of the file. A file that could not be read is tried again, one that was no model when it changes.</param>
    public void Watch(TimeSpan period, Action<byte[]> use, Action<Exception> failed)
    {
        (DateTime, long) told = default;
        _timer = new Timer(_ =>
        {
            // A look that takes longer than the period is not joined by another.
            if (!Monitor.TryEnter(_one)) return;
            (DateTime, long) now = State();
            try
            {
                if (now != _seen && now != default) Read(use);
            }
            catch (Exception e)
            {
                if (told != now) failed(e);
                told = now;
            }
            finally
            {
                Monitor.Exit(_one);
            }
        }, null, period, period);
    }

    public void Dispose() => _timer?.Dispose();

    /// <returns>Nothing where there is no such file: it is being replaced.</returns>
    private (DateTime, long) State() => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;
}
