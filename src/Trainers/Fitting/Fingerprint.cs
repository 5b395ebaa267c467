using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using static TorchSharp.torch;

namespace MlNetRnn.Fitting;

/// <summary>A hash of everything that a training depends on: options, data, first weights and the version of the library.</summary>
internal static class Fingerprint
{
    /// <summary>Computes the hash.</summary>
    /// <param name="options">The options that change the result.</param>
    /// <param name="data">The training and validation rows.</param>
    /// <param name="network">The network with its first weights and its device.</param>
    public static byte[] Of(JsonElement options, TrainingData data, Network network) => Of(options, network, hash =>
    {
        Append(hash, data.Training, data.TrainingRows);
        Append(hash, data.Validation, data.ValidationRows);
    });

    /// <summary>Computes the hash of the training of a language model.</summary>
    /// <param name="options">The options that change the result.</param>
    /// <param name="training">The training symbols.</param>
    /// <param name="validation">The validation symbols; null for none.</param>
    /// <param name="network">The network with its first weights and its device.</param>
    public static byte[] Of(JsonElement options, SymbolSet training, SymbolSet? validation, Network network) => Of(options, network, hash =>
    {
        foreach (SymbolSet? set in new[] { training, validation })
            for (int i = 0; set is not null && i < set.Sequences.Count; i++) Append(hash, set.Sequences, i);
    });

    /// <summary>Computes the hash of the training of a translation model.</summary>
    /// <param name="options">The options that change the result.</param>
    /// <param name="data">The training and validation pairs.</param>
    /// <param name="parameters">The first weights.</param>
    /// <param name="device">The device.</param>
    public static byte[] Of(JsonElement options, PairData data, ParameterSet parameters, Device device) => Of(options, parameters, device, hash =>
    {
        foreach ((PairSet pairs, int[] which) in new[] { (data.Training, data.TrainingPairs), (data.Validation, data.ValidationPairs) })
            foreach (int pair in which)
            {
                Append(hash, pairs.Source, pairs.SourceOf(pair));
                Append(hash, pairs.Target, pair);
            }
    });

    private static byte[] Of(JsonElement options, Network network, Action<IncrementalHash> append) => Of(options, network.Parameters, network.Device, append);

    private static byte[] Of(JsonElement options, ParameterSet parameters, Device device, Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{typeof(Fingerprint).Assembly.GetName().Version} {device} {options.GetRawText()}"));
        append(hash);
        foreach (Parameter parameter in parameters.All) hash.AppendData(MemoryMarshal.AsBytes(parameter.Value.Span()));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ExampleSet examples, int[] rows)
    {
        hash.AppendData(MemoryMarshal.AsBytes(rows.AsSpan()));
        hash.AppendData(BitConverter.GetBytes(rows.Length));
        foreach (SequenceStore store in examples.Additional.Prepend(examples.Sequences))
            foreach (int row in rows) Append(hash, store, row);
        foreach (int[] characters in examples.Characters ?? []) hash.AppendData(MemoryMarshal.AsBytes(characters.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(examples.Targets)));
        hash.AppendData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(examples.Weights)));
    }

    private static void Append(IncrementalHash hash, SequenceStore store, int row)
    {
        hash.AppendData(BitConverter.GetBytes(store.Length(row)));
        if (store.HasGrids) hash.AppendData(BitConverter.GetBytes(store.Width(row)));
        if (store.FrameSize == 0) hash.AppendData(MemoryMarshal.AsBytes(store[row]));
        else hash.AppendData(MemoryMarshal.AsBytes(store.Frames(row)));
        if (store.KeepsTexts) hash.AppendData(MemoryMarshal.AsBytes(store.Spelled(row)));
    }
}
