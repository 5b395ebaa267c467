using System.Security.Cryptography;

namespace MlNetRnn.Images.Caching;

/// <summary>
/// The content of a file of the cache: a mark, the SHA-256 of the rest, the number of numbers, a bit for each number (0 if it is zero), and the other numbers
/// as 32-bit floating-point numbers. This is exact, and smaller than 16-bit numbers: three quarters of a typical grid are zeros, which a rectified network
/// returns.
/// </summary>
internal static class FeatureFile
{
    private const int HeaderSize = 8 + SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Mark => "MLNRNNF1"u8;

    /// <summary>Returns the content for numbers.</summary>
    public static byte[] Write(ReadOnlySpan<float> numbers)
    {
        var zeros = new byte[(numbers.Length + 7) / 8];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[HeaderSize]);
        writer.Write(numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
            if (!IsZero(numbers[i])) zeros[i >> 3] |= (byte)(1 << (i & 7));
        writer.Write(zeros);
        foreach (float number in numbers)
            if (!IsZero(number)) writer.Write(number);
        byte[] content = stream.ToArray();
        Mark.CopyTo(content);
        SHA256.HashData(content.AsSpan(HeaderSize), content.AsSpan(Mark.Length));
        return content;
    }

    /// <summary>Reads numbers.</summary>
    /// <param name="content">The content of a file.</param>
    /// <param name="numbers">Receives the numbers.</param>
    /// <returns>False if the content is damaged, or has another number of numbers.</returns>
    public static bool TryRead(ReadOnlySpan<byte> content, Span<float> numbers)
    {
        if (content.Length < HeaderSize || !content.StartsWith(Mark)) return false;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[HeaderSize..], hash);
        if (!content.Slice(Mark.Length, hash.Length).SequenceEqual(hash)) return false;

        using var reader = new BinaryReader(new MemoryStream(content[HeaderSize..].ToArray()));
        if (reader.ReadInt32() != numbers.Length) return false;
        byte[] zeros = reader.ReadBytes((numbers.Length + 7) / 8);
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (zeros[i >> 3] & 1 << (i & 7)) == 0 ? 0 : reader.ReadSingle();
        return true;
    }

    /// <summary>Returns whether a number is positive zero.</summary>
    private static bool IsZero(float number) => BitConverter.SingleToInt32Bits(number) == 0;
}
