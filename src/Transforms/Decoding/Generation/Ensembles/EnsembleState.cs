using System.Buffers.Binary;

namespace MlNetRnn.Decoding;

/// <summary>The states of the models of an ensemble as bytes: their number, then the length and the bytes of each.</summary>
internal static class EnsembleState
{
    /// <summary>Joins states.</summary>
    public static byte[] Join(byte[][] states)
    {
        var result = new byte[sizeof(int) * (1 + states.Length) + states.Sum(state => state.Length)];
        Span<byte> rest = result;
        Write(ref rest, states.Length);
        foreach (byte[] state in states)
        {
            Write(ref rest, state.Length);
            state.CopyTo(rest);
            rest = rest[state.Length..];
        }
        return result;

        static void Write(ref Span<byte> rest, int number)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, number);
            rest = rest[sizeof(int)..];
        }
    }

    /// <summary>Splits joined states.</summary>
    /// <exception cref="FormatException">The bytes are not the states of so many models.</exception>
    public static byte[][] Split(ReadOnlySpan<byte> bytes, int count)
    {
        var result = new byte[count][];
        ReadOnlySpan<byte> rest = bytes;
        bool isValid = Number(ref rest) == count;
        for (int i = 0; i < count && isValid; i++)
        {
            int length = Number(ref rest);
            isValid = (uint)length <= (uint)rest.Length;
            if (!isValid) break;
            result[i] = rest[..length].ToArray();
            rest = rest[length..];
        }
        if (isValid && rest.IsEmpty) return result;
        throw new FormatException(
            $"Expected the state of an ensemble of {count} models, got {bytes.Length} bytes that are not one. Use a state of this ensemble.");

        static int Number(ref ReadOnlySpan<byte> rest)
        {
            if (rest.Length < sizeof(int)) return -1;
            int number = BinaryPrimitives.ReadInt32LittleEndian(rest);
            rest = rest[sizeof(int)..];
            return number;
        }
    }
}
