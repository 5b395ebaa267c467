using System.Text;

namespace MlNetRnn.NGrams;

/// <summary>Writes an <see cref="NGramModel"/> as bytes and reads it back.</summary>
internal static class NGramFile
{
    private const int Signature = 0x4D52474E, Version = 1;       // "NGRM"

    /// <summary>Throws if a model cannot be saved.</summary>
    /// <exception cref="InvalidOperationException">The model is larger than a part of a model file can be.</exception>
    public static void CheckSize(NGramModel model) => SizeOf(model);

    private static long SizeOf(NGramModel model)
    {
        long size = sizeof(int) * (4 + model.Levels.Sum(level => 3L + 3L * level.Symbols.Length + level.FirstLonger.Length + 2L * level.Successors.Length));
        if (size > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"N-gram model: expected at most {Array.MaxLength:N0} bytes, got {size:N0}. Choose a lower Order or a higher MinimumNGramCount.");
        }
        return size;
    }

    /// <summary>Returns a model as bytes.</summary>
    /// <exception cref="InvalidOperationException">The model is larger than a part of a model file can be.</exception>
    public static byte[] Save(NGramModel model)
    {
        var bytes = new byte[SizeOf(model)];
        using var writer = new BinaryWriter(new MemoryStream(bytes));
        writer.Write(Signature);
        writer.Write(Version);
        writer.Write(model.Symbols);
        writer.Write(model.Order);
        foreach (NGramLevel level in model.Levels)
        {
            writer.Write(level.Symbols.Length);
            writer.Write(level.Successors.Length);
            foreach (int[] numbers in (int[][])[level.Symbols, level.FirstLonger, level.FirstSuccessor, level.Successors])
                foreach (int number in numbers) writer.Write(number);
            foreach (float[] numbers in (float[][])[level.Backoffs, level.Weights])
                foreach (float number in numbers) writer.Write(number);
        }
        return bytes;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="symbols">V, the number of symbols of the vocabulary that belongs to the model.</param>
    /// <exception cref="FormatException">The bytes are not a model of this vocabulary.</exception>
    public static NGramModel Load(byte[] bytes, int symbols)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        try
        {
            if (reader.ReadInt32() != Signature || reader.ReadInt32() != Version) throw Damaged("expected the signature of version 1, got something else");
            int own = reader.ReadInt32(), order = reader.ReadInt32();
            if (own != symbols) throw Damaged($"expected {symbols} symbols as in the vocabulary, got {own}");
            if (order is < NGramBuilder.MinimumOrder or > NGramBuilder.MaximumOrder)
                throw Damaged($"expected an order from {NGramBuilder.MinimumOrder} to {NGramBuilder.MaximumOrder}, got {order}");
            var levels = new NGramLevel[order];
            for (int i = 0; i < order; i++) levels[i] = ReadLevel(reader, isLast: i == order - 1);
            if (reader.BaseStream.Position != bytes.Length) throw Damaged("expected the end, got more bytes");
            for (int i = 0; i < order; i++)
            {
                if (!IsValid(levels[i], i + 1 < order ? levels[i + 1] : null, symbols, isFirst: i == 0))
                    throw Damaged($"expected n-grams of order {i + 1} in sorted order with probabilities, got something else");
            }
            return new NGramModel(symbols, levels);
        }
        catch (EndOfStreamException e)
        {
            throw new FormatException("N-gram model: expected more bytes, got the end. The model file is damaged.", e);
        }
    }

    private static NGramLevel ReadLevel(BinaryReader reader, bool isLast)
    {
        int contexts = reader.ReadInt32(), successors = reader.ReadInt32();
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (contexts < 0 || successors < 0 || sizeof(int) * (3L * contexts + 2L * successors) > left) throw new EndOfStreamException();
        int[] symbols = Integers(contexts), firstLonger = Integers(isLast ? 0 : contexts + 1), firstSuccessor = Integers(contexts + 1);
        int[] followers = Integers(successors);
        return new NGramLevel(symbols, firstLonger, firstSuccessor, Floats(contexts), followers, Floats(successors));

        int[] Integers(int count)
        {
            var numbers = new int[count];
            for (int i = 0; i < count; i++) numbers[i] = reader.ReadInt32();
            return numbers;
        }

        float[] Floats(int count)
        {
            var numbers = new float[count];
            for (int i = 0; i < count; i++) numbers[i] = reader.ReadSingle();
            return numbers;
        }
    }

    private static bool IsValid(NGramLevel level, NGramLevel? next, int symbols, bool isFirst)
    {
        // NaN fails every comparison.
        const float Limit = 1.0001f;
        return (!isFirst || level.Symbols.Length == 1)
            && (next is null || ArePlaces(level.FirstLonger, next.Symbols.Length) && AreIncreasing(next.Symbols, level.FirstLonger, symbols))
            && ArePlaces(level.FirstSuccessor, level.Successors.Length)
            && AreIncreasing(level.Successors, level.FirstSuccessor, symbols)
            && level.Backoffs.All(backoff => backoff is > 0 and < Limit)
            && level.Weights.All(weight => weight is > 0 and < Limit);
    }

    private static bool ArePlaces(int[] places, int end) =>
        places[0] == 0 && places[^1] == end && places.Zip(places.Skip(1)).All(pair => pair.First <= pair.Second);

    private static bool AreIncreasing(int[] numbers, int[] places, int limit)
    {
        for (int place = 0; place + 1 < places.Length; place++)
        {
            for (int i = places[place]; i < places[place + 1]; i++)
            {
                if ((uint)numbers[i] >= (uint)limit || i > places[place] && numbers[i] <= numbers[i - 1]) return false;
            }
        }
        return true;
    }

    private static FormatException Damaged(string what) => new($"N-gram model: {what}. The model file is damaged or was saved by a later version.");
}
