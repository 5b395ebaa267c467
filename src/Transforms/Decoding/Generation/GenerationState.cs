using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlNetRnn.Decoding;

/// <summary>
/// The state of a generation, from which it can be continued: in another call, or in another process. Generating and continuing gives the same symbols as
/// generating without interruption.
/// </summary>
/// <param name="Model">The model's state.</param>
/// <param name="Pending">The symbols that the model has not read yet: those after its state.</param>
/// <param name="History">The symbols so far, if the filters needed them; otherwise null.</param>
/// <param name="Random">The state of the random numbers.</param>
internal sealed record GenerationState(byte[] Model, int[] Pending, int[]? History, ulong Random)
{
    /// <summary>The state of the text, which belongs to the caller.</summary>
    public byte[] Text { get; init; } = [];

    private const int Version = 1, ChecksumLength = sizeof(ulong);

    /// <summary>Returns the state as bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            writer.Write(Version);
            writer.Write(Random);
            Write(Pending);
            Write(History ?? []);
            writer.Write(History is not null);
            foreach (byte[] bytes in (byte[][])[Model, Text])
            {
                writer.Write(bytes.Length);
                writer.Write(bytes);
            }
            writer.Flush();
            writer.Write(XxHash64.HashToUInt64(stream.GetBuffer().AsSpan(0, (int)stream.Length)));

            void Write(int[] symbols)
            {
                writer.Write(symbols.Length);
                foreach (int symbol in symbols) writer.Write(symbol);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are not a state, or were changed.</exception>
    public static GenerationState FromBytes(ReadOnlySpan<byte> bytes)
    {
        const string Changed = "bytes that are not one or were changed. Use the bytes exactly as they were saved";
        if (bytes.Length <= ChecksumLength) throw Fault(Changed);
        ReadOnlySpan<byte> rest = bytes[..^ChecksumLength];
        if (XxHash64.HashToUInt64(rest) != BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumLength..])) throw Fault(Changed);
        if (Number(ref rest) is var version and not Version)
            throw Fault($"one of version {version}, which a newer version of this library saved. Update the library");
        ulong random = (uint)Number(ref rest) | (ulong)(uint)Number(ref rest) << 32;
        int[] pending = Symbols(ref rest), history = Symbols(ref rest);
        bool hasHistory = Next(ref rest, sizeof(bool))[0] != 0;
        byte[] model = Next(ref rest, Number(ref rest)).ToArray(), text = Next(ref rest, Number(ref rest)).ToArray();
        return new GenerationState(model, pending, hasHistory ? history : null, random) { Text = text };

        static int[] Symbols(ref ReadOnlySpan<byte> rest)
        {
            int length = Number(ref rest);
            if (length > rest.Length / sizeof(int)) throw Fault(Changed);
            var symbols = new int[Math.Max(0, length)];
            for (int i = 0; i < symbols.Length; i++) symbols[i] = Number(ref rest);
            return symbols;
        }

        static int Number(ref ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadInt32LittleEndian(Next(ref rest, sizeof(int)));

        static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, int length)
        {
            if ((uint)length > (uint)rest.Length) throw Fault(Changed);
            ReadOnlySpan<byte> result = rest[..length];
            rest = rest[length..];
            return result;
        }

        static FormatException Fault(string got) => new($"Expected the state of a generation, got {got}.");
    }
}
