using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Kernels;

namespace MlNetRnn.Networks;

/// <summary>
/// Computes the log-probabilities of given symbols with the graph of a language model. Long sequences are read in windows, between which the state is carried,
/// so that memory does not grow with their length. Thread-safe.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="symbols">V, the number of symbols.</param>
internal sealed class StatefulNetwork(OnnxSession session, int symbols)
{
    /// <summary>
    /// The maximum number of logits of a window, 16 MB, unless a single step has more. Each core computes a window. The number is fixed, so that results do not
    /// depend on the number of cores.
    /// </summary>
    private const int LogitsPerWindow = 1 << 22;

    private const int RowsPerBatch = 32, StepsPerWindow = 512;

    private readonly RunOptions _runOptions = new();

    /// <summary>Computes log P(symbol | symbols before it) for all symbols of each sequence but the first.</summary>
    /// <param name="sequences">Sequences of at least two symbols.</param>
    /// <param name="results">An array for each sequence, shorter by 1.</param>
    public void Score(IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results) => session.Use(opened =>
    {
        int[] order = [.. Enumerable.Range(0, sequences.Count).OrderByDescending(i => sequences[i].Length)];
        int[][] batches = [.. order.Chunk(RowsPerBatch)];
        InParallel.For(batches.Length, i => Run(opened, batches[i], sequences, results));
    });

    private void Run(InferenceSession opened, int[] rows, IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results)
    {
        string[] states = [.. opened.InputMetadata.Keys.Where(NetworkSignature.IsState)];
        string[] outputs = [NetworkSignature.LogProbability, .. states.Select(NetworkSignature.Next)];
        Dictionary<string, float[]> carried = states.ToDictionary(state => state, state => new float[rows.Length * Size(opened, state)]);
        int steps = Math.Clamp(LogitsPerWindow / (rows.Length * symbols), 1, StepsPerWindow);
        for (int from = 0; from < sequences[rows[0]].Length - 1; from += steps)
        {
            // The rows are sorted by length, so that those that have ended are the last ones.
            int count = rows.TakeWhile(row => sequences[row].Length - 1 > from).Count();
            int longest = Math.Min(steps, sequences[rows[0]].Length - 1 - from);
            var (inputs, lengths) = (new Dictionary<string, OrtValue>(), new int[count]);
            var (tokens, targets) = (new long[count * longest], new long[count * longest]);
            for (int b = 0; b < count; b++)
            {
                ReadOnlySpan<int> sequence = sequences[rows[b]].AsSpan(from);
                lengths[b] = Math.Min(longest, sequence.Length - 1);
                for (int t = 0; t < lengths[b]; t++) (tokens[b * longest + t], targets[b * longest + t]) = (sequence[t], sequence[t + 1]);
            }
            try
            {
                inputs[NetworkSignature.Tokens] = OrtValue.CreateTensorValueFromMemory(tokens, [count, longest]);               // [B,T]
                inputs[NetworkSignature.Targets] = OrtValue.CreateTensorValueFromMemory(targets, [count, longest]);             // [B,T]
                inputs[NetworkSignature.Lengths] = OrtValue.CreateTensorValueFromMemory(lengths, [count]);                      // [B]
                foreach (string state in states)
                {
                    int size = Size(opened, state);
                    inputs[state] = OrtValue.CreateTensorValueFromMemory(carried[state][..(count * size)], [1, count, size]);     // [1,B,H]
                }
                using IDisposableReadOnlyCollection<OrtValue> values = opened.Run(_runOptions, inputs, outputs);
                ReadOnlySpan<float> logProbabilities = values[0].GetTensorDataAsSpan<float>();                                  // [B,T]
                for (int b = 0; b < count; b++) logProbabilities.Slice(b * longest, lengths[b]).CopyTo(results[rows[b]].AsSpan(from));
                for (int s = 0; s < states.Length; s++) values[s + 1].GetTensorDataAsSpan<float>().CopyTo(carried[states[s]]);  // [1,B,H]
            }
            finally
            {
                foreach (OrtValue value in inputs.Values) value.Dispose();
            }
        }
    }

    /// <summary>Returns H, the size of a state [1,B,H].</summary>
    private static int Size(InferenceSession opened, string state) => opened.InputMetadata[state].Dimensions[^1];
}
