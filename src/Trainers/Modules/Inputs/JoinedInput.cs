using MlNetRnn.Batching;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>An input layer that concatenates the vectors of several input layers: words, characters and additional columns.</summary>
internal sealed class JoinedInput(IReadOnlyList<InputLayer> parts) : InputLayer
{
    public override int Size { get; } = parts.Sum(part => part.Size);

    public override bool ReadsFrames => parts[0].ReadsFrames;

    public override LayerInput Forward(PackedBatch batch, ForwardMode mode) =>
        parts.Skip(1).Aggregate(parts[0].Forward(batch, mode), (joined, part) => Join(joined, part.Forward(batch, mode)));

    public override string Export(OnnxGraph graph) => graph.Node("Concat", [.. parts.Select(part => part.Export(graph))], ("axis", 2L));

    public override void Dispose()
    {
        foreach (InputLayer part in parts) part.Dispose();
    }

    /// <summary>Concatenates the vectors of two layers. Steps that share both vectors share the concatenated vector.</summary>
    private static LayerInput Join(LayerInput a, LayerInput b)
    {
        if (a.Places is null || b.Places is null) return new LayerInput(cat([a.Expanded(), b.Expanded()], 1), null);          // [N,I]
        var pairs = new Dictionary<(int, int), int>();
        var places = new int[a.Places.Length];
        for (int n = 0; n < places.Length; n++)
        {
            (int, int) pair = (a.Places[n], b.Places[n]);
            if (!pairs.TryGetValue(pair, out places[n])) pairs.Add(pair, places[n] = pairs.Count);
        }
        using Tensor first = tensor(pairs.Keys.Select(pair => (long)pair.Item1).ToArray());
        using Tensor second = tensor(pairs.Keys.Select(pair => (long)pair.Item2).ToArray());
        return new LayerInput(cat([a.Vectors.index_select(0, first), b.Vectors.index_select(0, second)], 1), places);        // [U,I]
    }
}
