using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Runtime;
using MlNetRnn.Files;
using MlNetRnn.Images.Features;

namespace MlNetRnn.Images.Caching;

/// <summary>
/// Features in a folder, one file for each image and feature. A file is written under a temporary name and renamed, so that any number of threads and processes
/// can share the folder. A file that cannot be read counts as missing.
/// </summary>
internal sealed class FeatureCache
{
    private readonly string _folder;
    private readonly IHost _host;
    private int _writeFaults;

    /// <param name="folder">The folder, which is created if it does not exist.</param>
    /// <param name="host">Logs warnings.</param>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be created.</exception>
    public FeatureCache(string folder, IHost host)
    {
        (_folder, _host) = (Path.GetFullPath(folder), host);
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Returns the file for a feature of an image.</summary>
    public string FileOf(ReadOnlySpan<float> pixels, ImageFeature feature)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{ResNet18.PreparationSha256} {ResNet18.NetworkSha256} {feature.Node} "));
        hash.AppendData(MemoryMarshal.AsBytes(pixels));
        string key = Convert.ToHexString(hash.GetHashAndReset());
        return Path.Combine(_folder, key[..2], key + ".features");
    }

    /// <summary>Reads a file.</summary>
    /// <returns>False if there is none, or if it is damaged; then a warning is logged.</returns>
    public bool TryRead(string file, Span<float> numbers)
    {
        try
        {
            if (FeatureFile.TryRead(File.ReadAllBytes(file), numbers)) return true;
            Warn($"image features: the file {file} of the cache is damaged; its features are computed and written again");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn($"image features: the file {file} of the cache cannot be read ({e.Message}); its features are computed");
        }
        return false;
    }

    /// <summary>Writes a file. If this fails, a warning is logged, once.</summary>
    public void Write(string file, ReadOnlySpan<float> numbers)
    {
        byte[] content = FeatureFile.Write(numbers);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, stream => stream.Write(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Increment(ref _writeFaults) == 1)
                Warn($"image features: the file {file} of the cache cannot be written ({e.Message}); this warning is not repeated");
        }
    }

    private void Warn(string message)
    {
        using IChannel channel = _host.Start("Cache");
        channel.Warning(MessageSensitivity.None, message);
    }
}
