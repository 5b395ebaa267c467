using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlNetRnn.Batching;
using MlNetRnn.Modules;

namespace MlNetRnn.Learning;

/// <summary>A hash of whatever a training depends on: options, data, first weights, and this version of the library.</summary>
internal static class Fingerprint
{
    public static byte[] Of(JsonElement options, TrainingData data, ParameterSet parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(Fingerprint).Assembly.GetName().Version} {options.GetRawText()}"));
        Append(hash, data.Training, data.TrainingRows);
        Append(hash, data.Validation, data.ValidationRows);
        foreach (Parameter parameter in parameters.All) hash.AppendData(MemoryMarshal.AsBytes(parameter.Value.Span()));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ExampleSet examples, int[] rows)
    {
        hash.AppendData(MemoryMarshal.AsBytes(rows.AsSpan()));
        foreach (int row in rows)
        {
            if (examples.Sequences.FrameSize == 0) hash.AppendData(MemoryMarshal.AsBytes(examples.Sequences[row]));
            else hash.AppendData(MemoryMarshal.AsBytes(examples.Sequences.Frames(row)));
        }
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(examples.Targets)));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(examples.Weights)));
    }
}
