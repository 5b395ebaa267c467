using System.Security.Cryptography;

namespace MlNetRnn.Training;

/// <summary>The file that keeps the state of one training. A hash at its end tells a damaged file.</summary>
/// <param name="folder">The user's folder for such files.</param>
/// <param name="fingerprint">A hash of whatever the training depends on.</param>
internal sealed class Checkpoint(string folder, byte[] fingerprint)
{
    /// <summary>Named after the training, so that another training never takes it for its own.</summary>
    public string FileName { get; } = Path.Combine(folder, $"training-{Convert.ToHexString(fingerprint.AsSpan(0, 12)).ToLowerInvariant()}.checkpoint");

    /// <summary>Replaces the state in one step: whoever is killed while writing leaves the state of the epoch before.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Save(TrainingState state)
    {
        Directory.CreateDirectory(folder);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, System.Text.Encoding.UTF8, leaveOpen: true)) state.Write(writer);
        string fresh = FileName + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(content.GetBuffer(), 0, (int)content.Length);
            file.Write(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, FileName, overwrite: true);
    }

    /// <summary>The state to go on from; null where there is none.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public TrainingState? Load()
    {
        if (!File.Exists(FileName)) return null;
        byte[] bytes = File.ReadAllBytes(FileName);
        int length = bytes.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
            throw new FormatException($"Checkpoint '{FileName}': expected the checksum it was written with, got another. The file is damaged; delete it to begin anew.");
        using var reader = new BinaryReader(new MemoryStream(bytes, 0, length));
        return TrainingState.Read(reader);
    }

    /// <summary>The training has ended.</summary>
    public void Delete() => File.Delete(FileName);
}
