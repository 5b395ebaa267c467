namespace MlNetRnn.Files;

/// <summary>Detects the format of a file by its first bytes, regardless of its name.</summary>
internal static class TextSignature
{
    /// <summary>The number of bytes that are sufficient for detection.</summary>
    public const int Length = 6;

    private static readonly (byte[] Bytes, string Kind)[] Archives =
    [
        ([0x50, 0x4B, 0x03, 0x04], "a zip archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "a file compressed with xz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a file compressed with zstd"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
    ];

    public static bool IsGzip(ReadOnlySpan<byte> first) => first.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);

    /// <summary>Returns whether the first bytes may belong to compressed data, so that more bytes are needed.</summary>
    public static bool IsPrefix(ReadOnlySpan<byte> first)
    {
        foreach ((byte[] bytes, _) in Archives)
            if (bytes.AsSpan().StartsWith(first)) return true;
        return first.Length < 2 && (first.IsEmpty || first[0] == 0x1F);
    }

    /// <summary>Validates that a file is not an archive of an unsupported format.</summary>
    /// <exception cref="FormatException">The file is compressed in an unsupported format.</exception>
    public static void RefuseArchive(ReadOnlySpan<byte> first, string name)
    {
        foreach ((byte[] bytes, string kind) in Archives)
            if (first.StartsWith(bytes)) throw new FormatException($"{name}: expected text or text compressed with gzip, got {kind}. Unpack it.");
    }
}
