using System.Security.Cryptography;
using MlNetRnn.Files;

namespace MlNetRnn.Serving;

/// <summary>
/// The file of a model, looked at from time to time. By its state and not by notifications, which network drives and containers lose. The current directory and
/// the links on the way may change: the path is made absolute at once, and links are followed with every look.
/// </summary>
internal sealed class ModelFile : IDisposable
{
    private readonly object _one = new();
    private readonly string _path, _fullPath;
    private Timer? _timer;
    private FileState? _seen;

    public ModelFile(string path) => (_path, _fullPath) = (path, Path.GetFullPath(path));

    /// <summary>What tells one content from another.</summary>
    public static string VersionOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>Reads the file and has it used; one at a time.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a zip archive, as models are.</exception>
    public void Read(Action<byte[]> use)
    {
        lock (_one)
        {
            // Before reading: what changes meanwhile is seen the next time.
            FileState? state = FileState.Of(_fullPath);
            byte[] content = File.ReadAllBytes(_fullPath);
            _seen = state;
            if (ModelArchive.FaultOf(new MemoryStream(content)) is { } fault) throw new FormatException($"{_path}: {fault}");
            use(content);
        }
    }

    /// <param name="period">How often.</param>
    /// <param name="use">Is given the content when the file has changed.</param>
    /// <param name="failed">Is given once what was thrown for a state of the file. A file that could not be read is tried again, one that is not a model when it changes.</param>
    public void Watch(TimeSpan period, Action<byte[]> use, Action<Exception> failed)
    {
        FileState? reported = null;
        _timer = new Timer(_ =>
        {
            // A look that takes longer than the period is not joined by another.
            if (!Monitor.TryEnter(_one)) return;
            FileState? now = null;
            try
            {
                now = FileState.Of(_fullPath);
                if (now is null || now == _seen) return;
                Read(use);
                // The same bad file may come a second time.
                reported = null;
            }
            catch (Exception e)
            {
                if (reported != now) failed(e);
                reported = now;
            }
            finally
            {
                Monitor.Exit(_one);
            }
        }, null, period, period);
    }

    public void Dispose() => _timer?.Dispose();
}
