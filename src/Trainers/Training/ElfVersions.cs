using System.Buffers.Binary;
using System.Text;

namespace MlNetRnn.Training;

/// <summary>The versions of symbols that a 64-bit little-endian ELF library needs (System V gABI and the GNU symbol versioning of the Linux Standard Base).</summary>
internal static class ElfVersions
{
    private const uint NeededVersions = 0x6ffffffe;     // SHT_GNU_verneed
    private const ushort Weak = 2;                      // VER_FLG_WEAK

    /// <summary>Marks the need for a version as weak, so that the loader goes on without it. False where the image does not need it.</summary>
    public static bool Weaken(Span<byte> image, string version)
    {
        byte[] wanted = [.. Encoding.ASCII.GetBytes(version), 0];
        bool found = false;
        long sections = (long)BinaryPrimitives.ReadUInt64LittleEndian(image[0x28..]);
        int sectionSize = U16(image, 0x3A), sectionCount = U16(image, 0x3C);
        for (int i = 0; i < sectionCount; i++)
        {
            long section = sections + (long)i * sectionSize;
            if (U32(image, section + 4) != NeededVersions) continue;
            long strings = Offset(image, sections + (long)U32(image, section + 40) * sectionSize);
            long need = Offset(image, section);
            for (uint n = U32(image, section + 44); n > 0; n--)                 // one Verneed a library
            {
                long auxiliary = need + U32(image, need + 8);
                for (int k = U16(image, need + 2); k > 0; k--)                  // one Vernaux a version
                {
                    long name = strings + U32(image, auxiliary + 8);
                    if (image[(int)name..].StartsWith(wanted))
                    {
                        Span<byte> flags = image[(int)(auxiliary + 4)..];
                        BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(U16(image, auxiliary + 4) | Weak));
                        found = true;
                    }
                    auxiliary += U32(image, auxiliary + 12);
                }
                need += U32(image, need + 12);
            }
        }
        return found;
    }

    private static long Offset(ReadOnlySpan<byte> image, long section) => (long)BinaryPrimitives.ReadUInt64LittleEndian(image[(int)(section + 24)..]);

    private static uint U32(ReadOnlySpan<byte> image, long at) => BinaryPrimitives.ReadUInt32LittleEndian(image[(int)at..]);

    private static ushort U16(ReadOnlySpan<byte> image, long at) => BinaryPrimitives.ReadUInt16LittleEndian(image[(int)at..]);
}
