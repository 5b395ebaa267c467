using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Model;

namespace MlNetRnn.Quantization;

/// <summary>Quantization of all networks inside a model: the entry to this folder.</summary>
internal sealed class ModelQuantizer
{
    private readonly List<string> _quantized = [], _kept = [];
    private long _before, _after;

    private ModelQuantizer()
    {
    }

    /// <summary>Returns a copy of the model whose networks have 8-bit weights.</summary>
    /// <param name="model">An <see cref="RnnTransformer"/>, or a chain that contains at least one. It does not change.</param>
    /// <returns>The new model, which has the type of the original, and its size.</returns>
    /// <exception cref="ArgumentException">The model contains no network, or a network that is already quantized.</exception>
    /// <exception cref="InvalidOperationException">A network has no weights that can be quantized.</exception>
    public static RnnQuantization Quantize(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var quantizer = new ModelQuantizer();
        ITransformer quantized = quantizer.Replace(model) ?? throw new ArgumentException(
            $"Quantize: expected an {nameof(RnnTransformer)} or a chain that contains one, got {model.GetType().Name} without any.", nameof(model));
        return new RnnQuantization
        {
            Model = quantized,
            BytesBefore = quantizer._before,
            BytesAfter = quantizer._after,
            Quantized = quantizer._quantized,
            Kept = quantizer._kept,
        };
    }

    /// <returns>Null if the model contains no network.</returns>
    private ITransformer? Replace(ITransformer model)
    {
        if (model is RnnTransformer network) return Replace(network);
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

    private RnnTransformer Replace(RnnTransformer model)
    {
        if (model.IsQuantized)
            throw new ArgumentException("Quantize: expected a model with 32-bit weights, got one that is already quantized. Use it as it is.", nameof(model));
        RnnModel before = model.Model;
        QuantizedGraph graph = QuantizedGraph.Of(before.Network.Graph);
        RnnModel after = before.Quantized(graph.Model);
        _before += Size(before);
        _after += Size(after);
        _quantized.AddRange(graph.Quantized);
        _kept.AddRange(graph.Kept);
        return new RnnTransformer(after);
    }

    private static long Size(RnnModel model) => ModelSaving.ToParts(model).Sum(part => (long)part.Content.Length);
}
