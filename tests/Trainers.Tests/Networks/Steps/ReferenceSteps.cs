using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Networks;

namespace MlNetRnn.Trainers.Tests.Networks.Steps;

/// <summary>Runs a graph step by step with ONNX Runtime, in the simplest way.</summary>
internal sealed class ReferenceSteps(StepNetworkCase network, InferenceSession session, int rows) : IDisposable
{
    private readonly string[] _states = [.. network.States];
    private readonly RunOptions _options = new();
    private float[][] _numbers = [.. network.States.Select(_ => new float[rows * network.Hidden])];

    /// <returns>The log-probabilities, [B,V].</returns>
    public float[] Read(int[] symbols)
    {
        long[] tokens = [.. symbols.Select(symbol => (long)symbol)];
        int[] lengths = [.. Enumerable.Repeat(1, rows)];
        using var values = new Disposables();
        OrtValue[] inputs =
        [
            values.Add(OrtValue.CreateTensorValueFromMemory(tokens, [rows, 1])), values.Add(OrtValue.CreateTensorValueFromMemory(lengths, [rows])),
            .. _numbers.Select(numbers => values.Add(OrtValue.CreateTensorValueFromMemory(numbers, [1, rows, network.Hidden]))),
        ];
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(
            _options, [NetworkSignature.Tokens, NetworkSignature.Lengths, .. _states], inputs,
            [NetworkSignature.Logits, .. _states.Select(NetworkSignature.Next)]);
        _numbers = [.. outputs.Skip(1).Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
        float[] logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        for (int b = 0; b < rows; b++)
        {
            Span<float> row = logits.AsSpan(b * network.Symbols, network.Symbols);
            double sum = 0;
            foreach (float logit in row) sum += Math.Exp(logit);
            foreach (ref float logit in row) logit = (float)(logit - Math.Log(sum));
        }
        return logits;
    }

    public void Dispose() => _options.Dispose();

    public static InferenceSession Open(byte[] graph)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        return new InferenceSession(graph, options);
    }

    private sealed class Disposables : List<IDisposable>, IDisposable
    {
        public T Add<T>(T item) where T : IDisposable
        {
            base.Add(item);
            return item;
        }

        public void Dispose() => ForEach(item => item.Dispose());
    }
}
