using System.Buffers.Binary;
using System.Text;

namespace MlNetRnn.Native;

/// <summary>
/// Edits the symbol versions that a 64-bit little-endian ELF library requires (System V gABI, and the GNU symbol versioning of the Linux Standard Base).
/// </summary>
internal static class ElfVersions
{
    private const int HeaderSize = 64;
    private const uint NeededVersions = 0x6ffffffe;     // SHT_GNU_verneed
    private const ushort Weak = 2;                      // VER_FLG_WEAK

    /// <summary>Marks a required symbol version as weak, so that the loader accepts a system without it.</summary>
    /// <param name="image">The bytes of the library, which are changed.</param>
    /// <param name="version">The symbol version, such as GLIBCXX_3.4.32.</param>
    /// <returns>
    /// False if the library does not require the version, or is not a complete 64-bit little-endian ELF file. The image must not be used then.
    /// </returns>
    public static bool Weaken(Span<byte> image, string version)
    {
        // Magic number, ELFCLASS64, ELFDATA2LSB.
        if (image.Length < HeaderSize || !image.StartsWith("\u007fELF\u0002\u0001"u8)) return false;
        try
        {
            return WeakenIn(image, [.. Encoding.ASCII.GetBytes(version), 0]);
        }
        // An offset outside the file, as in a truncated file.
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    private static bool WeakenIn(Span<byte> image, byte[] wanted)
    {
        bool found = false;
        long sections = checked((long)BinaryPrimitives.ReadUInt64LittleEndian(image[0x28..]));
        int sectionSize = U16(image, 0x3A), sectionCount = U16(image, 0x3C);
        for (int i = 0; i < sectionCount; i++)
        {
            long section = sections + (long)i * sectionSize;
            if (U32(image, section + 4) != NeededVersions) continue;
            long strings = Offset(image, sections + (long)U32(image, section + 40) * sectionSize);
            long need = Offset(image, section);
            for (uint n = U32(image, section + 44); n > 0; n--)                 // one Verneed per library
            {
                found |= WeakenLibrary(image, need, strings, wanted);
                if (U32(image, need + 12) is not (> 0 and var next)) break;
                need += next;
            }
        }
        return found;
    }

    private static bool WeakenLibrary(Span<byte> image, long need, long strings, byte[] wanted)
    {
        bool found = false;
        long auxiliary = need + U32(image, need + 8);
        for (int k = U16(image, need + 2); k > 0; k--)                          // one Vernaux per version
        {
            long name = strings + U32(image, auxiliary + 8);
            if (At(image, name).StartsWith(wanted))
            {
                ushort flags = (ushort)(U16(image, auxiliary + 4) | Weak);
                BinaryPrimitives.WriteUInt16LittleEndian(image[checked((int)(auxiliary + 4))..], flags);
                found = true;
            }
            if (U32(image, auxiliary + 12) is not (> 0 and var next)) break;
            auxiliary += next;
        }
        return found;
    }

    private static ReadOnlySpan<byte> At(ReadOnlySpan<byte> image, long at) => image[checked((int)at)..];

    private static long Offset(ReadOnlySpan<byte> image, long section) => checked((long)BinaryPrimitives.ReadUInt64LittleEndian(At(image, section + 24)));

    private static uint U32(ReadOnlySpan<byte> image, long at) => BinaryPrimitives.ReadUInt32LittleEndian(At(image, at));

    private static ushort U16(ReadOnlySpan<byte> image, long at) => BinaryPrimitives.ReadUInt16LittleEndian(At(image, at));
}
