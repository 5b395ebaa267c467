using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Sequences;

namespace MlNetRnn.Networks;

/// <summary>Runs the graph of an encoder. Thread-safe.</summary>
/// <param name="session">The session.</param>
internal sealed class EncoderNetwork(OnnxSession session)
{
    private readonly RunOptions _options = new();

    /// <summary>Encodes sources.</summary>
    /// <param name="sources">The sources, which should have similar lengths.</param>
    /// <param name="rows">Those to encode.</param>
    public EncodedSource[] Encode(SequenceStore sources, ReadOnlySpan<int> rows)
    {
        PaddedBatch batch = PaddedBatch.From(sources, rows);
        EncodedSource[] result = [];
        session.Use(opened => result = Run(opened, batch, sources.FrameSize));
        return result;
    }

    private EncodedSource[] Run(InferenceSession opened, PaddedBatch batch, int frameSize)
    {
        string[] initial = [.. InitialStates(opened)];
        bool hasBoxes = opened.OutputMetadata.ContainsKey(NetworkSignature.Boxes);
        bool attends = opened.OutputMetadata.ContainsKey(NetworkSignature.SourceStates);
        string[] outputs =
        [
            NetworkSignature.EncoderState, .. initial, .. hasBoxes ? new[] { NetworkSignature.Boxes } : [],
            .. attends ? new[] { NetworkSignature.SourceStates, NetworkSignature.SourceKeys } : [],
        ];
        using OrtValue steps = frameSize == 0
            ? OrtValue.CreateTensorValueFromMemory(batch.Tokens, [batch.Rows, batch.Steps])                                  // [B,S]
            : OrtValue.CreateTensorValueFromMemory(batch.Frames, [batch.Rows, batch.Steps, frameSize]);                      // [B,S,F]
        using OrtValue lengths = OrtValue.CreateTensorValueFromMemory(batch.Lengths, [batch.Rows]);
        var inputs = new Dictionary<string, OrtValue>
        {
            [frameSize == 0 ? NetworkSignature.Tokens : NetworkSignature.Frames] = steps,
            [NetworkSignature.Lengths] = lengths,
        };
        using IDisposableReadOnlyCollection<OrtValue> values = opened.Run(_options, inputs, outputs);
        var result = new EncodedSource[batch.Rows];
        for (int b = 0; b < batch.Rows; b++)
        {
            int length = batch.Lengths[b];
            result[b] = new EncodedSource(
                length,
                attends ? RowOf(values[^2], b, batch)[..(length * SizeOf(values[^2], batch))] : [],
                attends ? RowOf(values[^1], b, batch)[..(length * SizeOf(values[^1], batch))] : [],
                [.. Enumerable.Range(1, initial.Length).Select(i => RowOf(values[i], b, batch))],
                RowOf(values[0], b, batch))
            {
                Boxes = hasBoxes ? RowOf(values[1 + initial.Length], b, batch)[..(length * SizeOf(values[1 + initial.Length], batch))] : [],
            };
        }
        return result;
    }

    /// <summary>Returns the numbers of a row of an output whose rows are next to each other.</summary>
    private static float[] RowOf(OrtValue value, int row, PaddedBatch batch)
    {
        ReadOnlySpan<float> all = value.GetTensorDataAsSpan<float>();
        int size = all.Length / batch.Rows;
        return all.Slice(row * size, size).ToArray();
    }

    private static int SizeOf(OrtValue value, PaddedBatch batch) => value.GetTensorDataAsSpan<float>().Length / (batch.Rows * batch.Steps);

    /// <summary>Returns the outputs for the initial states of the decoder, layer by layer.</summary>
    /// <exception cref="FormatException">The graph is not that of an encoder.</exception>
    private static IEnumerable<string> InitialStates(InferenceSession opened)
    {
        string First(int layer) => NetworkSignature.Next(NetworkSignature.Hidden(layer));
        if (!opened.OutputMetadata.ContainsKey(First(0)))
            throw new FormatException(
                $"Encoder graph: expected an output '{First(0)}', got {string.Join(", ", opened.OutputMetadata.Keys)}. The model file is damaged.");
        for (int layer = 0; opened.OutputMetadata.ContainsKey(First(layer)); layer++)
        {
            yield return First(layer);
            string memory = NetworkSignature.Next(NetworkSignature.Memory(layer));
            if (opened.OutputMetadata.ContainsKey(memory)) yield return memory;
        }
    }
}
