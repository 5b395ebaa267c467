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
        string fresh = FileName + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            // Through the hash into the file: the state may be larger than an array.
            using var hash = SHA256.Create();
            using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(hashing)) state.Write(writer);
            file.Write(hash.Hash);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, FileName, overwrite: true);
    }

    /// <summary>The state to go on from; null where there is none.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public TrainingState? Load()
    {
        if (!File.Exists(FileName)) return null;
        using FileStream file = File.OpenRead(FileName);
        if (!IsWhole(file))
            throw new FormatException($"Checkpoint '{FileName}': expected the checksum it was written with, got another. The file is damaged; delete it to begin anew.");
        file.Position = 0;
        using var reader = new BinaryReader(file);
        return TrainingState.Read(reader);
    }

    private static bool IsWhole(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        long left = file.Length - SHA256.HashSizeInBytes;
        if (left < 0) return false;
        while (left > 0)
        {
            int read = file.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            hash.AppendData(buffer, 0, read);
            left -= read;
        }
        var written = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(written);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(written);
    }

    /// <summary>The training has ended.</summary>
    public void Delete() => File.Delete(FileName);
}
