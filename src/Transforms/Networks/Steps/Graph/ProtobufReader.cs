using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MlNetRnn.Networks;

/// <summary>
/// A reader of the fields of one message in the binary format of Protocol Buffers. Reading a model needs no more than this, so that scoring does not depend on
/// a library for it.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;
    private int _kind;

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field. The current one must have been read or skipped.</summary>
    /// <returns>False at the end of the message.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = ReadVarint();
        (Field, _kind) = ((int)Math.Min(tag >> 3, int.MaxValue), (int)(tag & 7));
        return Field > 0 ? true : throw Damaged("a field without a number");
    }

    public void Skip()
    {
        if (_kind == Varint) ReadVarint();
        else if (_kind == Fixed64) Take(sizeof(ulong));
        else if (_kind == Fixed32) Take(sizeof(uint));
        else ReadBytes();
    }

    public long ReadInteger()
    {
        Expect(Varint);
        return (long)ReadVarint();
    }

    public float ReadFloat()
    {
        Expect(Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(Bytes);
        ulong length = ReadVarint();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Damaged("it ends within a field");
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Reads an element of a list of integers, or a packed list.</summary>
    public void ReadInto(List<long> integers)
    {
        if (_kind != Bytes)
        {
            integers.Add(ReadInteger());
            return;
        }
        var packed = new ProtobufReader(ReadBytes());
        while (!packed._rest.IsEmpty) integers.Add((long)packed.ReadVarint());
    }

    /// <summary>Reads an element of a list of floats, or a packed list.</summary>
    public void ReadInto(List<float> numbers)
    {
        if (_kind == Bytes) numbers.AddRange(ToFloats(ReadBytes()));
        else numbers.Add(ReadFloat());
    }

    public static float[] ToFloats(ReadOnlySpan<byte> bytes) => bytes.Length % sizeof(float) == 0
        ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
        : throw Damaged("a list of floats ends within a number");

    /// <summary>Creates the exception for bytes that are not a model.</summary>
    public static FormatException Damaged(string why) =>
        new($"Network graph: expected an ONNX model, got something else ({why}). The model file is damaged.");

    private void Expect(int kind)
    {
        if (_kind != kind) throw Damaged($"field {Field} has an unexpected kind");
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        throw Damaged("an integer does not end");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length) throw Damaged("it ends within a field");
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
