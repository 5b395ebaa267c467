using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlNetRnn.Networks;

/// <summary>
/// The state of a row as bytes: a header that names the model and the sizes, the numbers as little-endian floats, and a hash of both. The state of a recurrent
/// network does not depend on how the network runs, so that another implementation can continue it.
/// </summary>
/// <param name="sizes">The sizes of the state vectors, in order: of each layer the hidden state, and the memory if it has one.</param>
/// <param name="fingerprint">A number that differs between models.</param>
internal sealed class StepStateFormat(IReadOnlyList<int> sizes, ulong fingerprint)
{
    private const uint Magic = 0x31535252;                      // "RRS1"
    private const int Fixed = sizeof(uint) + sizeof(ulong) + sizeof(int);

    /// <summary>The number of numbers of a state.</summary>
    public int Numbers { get; } = sizes.Sum();

    public static StepStateFormat Of(IEnumerable<StepLayer> layers, ulong fingerprint) =>
        new([.. layers.SelectMany(layer => layer.MemorySize > 0 ? new[] { layer.Hidden, layer.MemorySize } : [layer.Hidden])], fingerprint);

    private int Header => Fixed + sizeof(int) * sizes.Count;

    private int Length => Header + sizeof(float) * Numbers + sizeof(ulong);

    public byte[] ToBytes(ReadOnlySpan<float> numbers)
    {
        var bytes = new byte[Length];
        WriteHeader(bytes);
        Span<byte> body = bytes.AsSpan(Header);
        for (int i = 0; i < Numbers; i++) BinaryPrimitives.WriteSingleLittleEndian(body[(i * sizeof(float))..], numbers[i]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Length - sizeof(ulong)), XxHash3.HashToUInt64(bytes.AsSpan(0, Length - sizeof(ulong))));
        return bytes;
    }

    /// <exception cref="FormatException">The bytes are not a state of this model.</exception>
    public float[] ToNumbers(ReadOnlySpan<byte> bytes)
    {
        Span<byte> header = new byte[Header];
        WriteHeader(header);
        if (bytes.Length < Fixed || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw Refusal($"{bytes.Length} bytes that are not a state");
        if (!bytes.StartsWith(header[..(sizeof(uint) + sizeof(ulong))])) throw Refusal("the state of another model");
        if (!bytes.StartsWith(header)) throw Refusal("the state of a network with other layers");
        if (bytes.Length != Length) throw Refusal($"{bytes.Length} bytes instead of {Length}");
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..]) != XxHash3.HashToUInt64(bytes[..^sizeof(ulong)]))
            throw Refusal("damaged bytes");
        var numbers = new float[Numbers];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(Header + i * sizeof(float))..]);
        return numbers;
    }

    private void WriteHeader(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(to, Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(to[sizeof(uint)..], fingerprint);
        BinaryPrimitives.WriteInt32LittleEndian(to[(sizeof(uint) + sizeof(ulong))..], sizes.Count);
        for (int i = 0; i < sizes.Count; i++) BinaryPrimitives.WriteInt32LittleEndian(to[(Fixed + i * sizeof(int))..], sizes[i]);
    }

    private static FormatException Refusal(string got) =>
        new($"State of a generator: expected the bytes that this model saved, got {got}. Start without a state, or load the model that saved it.");
}
