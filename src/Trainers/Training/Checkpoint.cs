using System.Security.Cryptography;
using MlNetRnn.Files;

namespace MlNetRnn.Training;

/// <summary>The file with the state of one training. A hash at its end detects damage.</summary>
/// <param name="folder">The folder for checkpoints.</param>
/// <param name="fingerprint">A hash of everything that the training depends on.</param>
internal sealed class Checkpoint(string folder, byte[] fingerprint)
{
    /// <summary>The path of the file. Its name contains the fingerprint, so that no other training uses it.</summary>
    public string FileName { get; } =
        Path.Combine(folder, $"training-{Convert.ToHexString(fingerprint.AsSpan(0, 12)).ToLowerInvariant()}.checkpoint");

    /// <summary>Replaces the state in one step. If the process is killed while it writes, the state of the previous epoch remains.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public void Save(TrainingState state) => AtomicFile.Write(
        FileName,
        file =>
        {
            // The hash is computed while writing, because the state can be larger than an array.
            using var hash = SHA256.Create();
            using (var hashing = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
            using (var writer = new BinaryWriter(hashing)) state.Write(writer);
            file.Write(hash.Hash);
        },
        flushToDisk: true,
        AtomicFile.NewSuffix);

    /// <summary>Reads the state; null if there is none.</summary>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public TrainingState? Load()
    {
        if (!File.Exists(FileName)) return null;
        using FileStream file = File.OpenRead(FileName);
        if (!IsWhole(file))
            throw new FormatException(
                $"Checkpoint '{FileName}': expected the checksum that it was written with, got another one. "
                + "The file is damaged; delete it to start from the beginning.");
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

    /// <summary>Deletes the file when the training has ended.</summary>
    public void Delete() => File.Delete(FileName);
}
