using System.Security.Cryptography;
using MlNetRnn.Files;

namespace MlNetRnn.Serving;

/// <summary>
/// A model file that is checked for changes periodically. It compares the state of the file instead of using notifications, which network drives and containers
/// lose. The current directory and links may change: the path is made absolute immediately, and links are followed at each check.
/// </summary>
internal sealed class WatchedModelFile : IDisposable
{
    private readonly object _one = new();
    private readonly string _path, _fullPath;
    private Timer? _timer;
    private FileState? _seen;

    public WatchedModelFile(string path) => (_path, _fullPath) = (path, Path.GetFullPath(path));

    /// <summary>Returns the version of a content: its SHA-256.</summary>
    public static string VersionOf(byte[] content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    /// <summary>Reads the file and passes its content on. Only one read runs at a time.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="FormatException">The file is not a zip archive, which every model is.</exception>
    public void Read(Action<byte[]> use)
    {
        lock (_one)
        {
            // Before reading, so that a change during reading is detected at the next check.
            FileState? state = FileState.Of(_fullPath);
            byte[] content = File.ReadAllBytes(_fullPath);
            _seen = state;
            if (ModelArchive.FaultOf(new MemoryStream(content)) is { } fault) throw new FormatException($"{_path}: {fault}");
            use(content);
        }
    }

    /// <summary>Starts to check the file for changes.</summary>
    /// <param name="period">The time between checks.</param>
    /// <param name="use">Receives the content when the file has changed.</param>
    /// <param name="failed">
    /// Receives an exception once for each state of the file. Reading is tried again after an I/O error; a file that is not a model is read again when it
    /// changes.
    /// </param>
    public void Watch(TimeSpan period, Action<byte[]> use, Action<Exception> failed)
    {
        FileState? reported = null;
        _timer = new Timer(_ =>
        {
            // Checks do not overlap if one takes longer than the period.
            if (!Monitor.TryEnter(_one)) return;
            FileState? now = null;
            try
            {
                now = FileState.Of(_fullPath);
                if (now is null || now == _seen) return;
                Read(use);
                // The same invalid file may appear again later.
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
