using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;

namespace MlNetRnn.Quantization;

/// <summary>Gives the networks inside a model 8-bit weights.</summary>
internal sealed class ModelQuantization
{
    private readonly List<string> _quantized = [], _kept = [];
    private long _before, _after;

    /// <exception cref="ArgumentException">There is no network in the model, or it is quantised already.</exception>
    /// <exception cref="InvalidOperationException">Nothing in a network can have 8 bits.</exception>
    public RnnQuantization Quantize(ITransformer model)
    {
        ITransformer quantized = Replace(model)
            ?? throw new ArgumentException($"Quantize: expected an {nameof(RnnTransformer)} or a chain that has one, got {model.GetType().Name} without any.", nameof(model));
        return new RnnQuantization { Model = quantized, BytesBefore = _before, BytesAfter = _after, Quantized = _quantized, Kept = _kept };
    }

    public RnnTransformer Quantize(RnnTransformer transformer)
    {
        if (transformer.IsQuantized) throw new ArgumentException("Quantize: expected a model with 32-bit weights, got one that is quantised already. Use it as it is.", nameof(transformer));
        RnnModel before = transformer.Model;
        QuantizedGraph graph = QuantizedGraph.Of(before.Network.Graph);
        RnnModel after = before.Quantized(graph.Model);
        _before += Size(before);
        _after += Size(after);
        _quantized.AddRange(graph.Quantized);
        _kept.AddRange(graph.Kept);
        return new RnnTransformer(after);
    }

    /// <returns>Null where there is no network in it.</returns>
    private ITransformer? Replace(ITransformer model)
    {
        if (model is RnnTransformer network) return Quantize(network);
        if (model is not IEnumerable<ITransformer> chain) return null;
        bool isAny = false;
        ITransformer[] links = [.. chain.Select(link =>
        {
            ITransformer? replaced = Replace(link);
            isAny |= replaced is not null;
            return replaced ?? link;
        })];
        return isAny ? new TransformerChain<ITransformer>(links) : null;
    }

    private static long Size(RnnModel model) => model.ToParts().Sum(part => (long)part.Content.Length);
}
