using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.LanguageModels;
using MlNetRnn.Translation;
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
    /// <param name="model">
    /// An <see cref="RnnTransformer"/>, a translation or captioning model, a language model of a recurrent network, an ensemble of them, a transform that
    /// generates text with one, or a chain that contains at least one of them. It does not change.
    /// </param>
    /// <returns>The new model, which has the type of the original, and its size.</returns>
    /// <exception cref="ArgumentException">The model contains no network, or a network that is already quantized.</exception>
    /// <exception cref="InvalidOperationException">A network has no weights that can be quantized.</exception>
    public static RnnQuantization Quantize(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var quantizer = new ModelQuantizer();
        ITransformer quantized = quantizer.Replace(model) ?? throw new ArgumentException(
            $"Quantize: expected an {nameof(RnnTransformer)}, an {nameof(RnnLanguageModelTransformer)} of a recurrent network, an "
            + $"{nameof(RnnTranslationTransformer)}, an {nameof(RnnCaptioningTransformer)}, an ensemble, or a chain that contains one, "
            + $"got {model.GetType().Name} without any.", nameof(model));
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
        if (model is RnnEnsembleTransformer ensemble)
            return new RnnEnsembleTransformer(new RnnEnsemble([.. ensemble.Members.Select(member => Replace(member).Model)]));
        if (model is RnnLanguageModelTransformer languageModel) return Replace(languageModel);
        if (model is RnnTranslationTransformer translation) return Replace(translation);
        if (model is RnnCaptioningTransformer captioning) return new RnnCaptioningTransformer(Replace(captioning.Network));
        if (model is RnnTextGenerationTransformer writer) return Replace(writer.LanguageModel) is { } smaller ? writer.With(smaller) : null;
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
        RnnModel before = model.Model;
        RnnModel after = before.Quantized(Quantized(before.Network.Graph, model.IsQuantized));
        Count(ModelSaving.ToParts(before), ModelSaving.ToParts(after));
        return new RnnTransformer(after);
    }

    /// <returns>Null if the model contains no network.</returns>
    private RnnLanguageModelTransformer? Replace(RnnLanguageModelTransformer model)
    {
        if (Replace(model.Model, model.IsQuantized) is not { } quantized) return null;
        var after = new RnnLanguageModelTransformer(model.Spec with { IsQuantized = true }, quantized);
        Count(LanguageModelSaving.ToParts(model), LanguageModelSaving.ToParts(after));
        return after;
    }

    /// <summary>Quantizes the networks of a language model. The n-gram models of an ensemble stay as they are.</summary>
    private LanguageModel? Replace(LanguageModel model, bool isQuantized)
    {
        if (model is RecurrentLanguageModel network) return new RecurrentLanguageModel(network.Codec, Quantized(network.Graph, isQuantized), network.Gpu);
        return model is EnsembleLanguageModel { Members: var members } && members.Any(member => member is RecurrentLanguageModel)
            ? new EnsembleLanguageModel([.. members.Select(member => Replace(member, isQuantized) ?? member)])
            : null;
    }

    private RnnTranslationTransformer Replace(RnnTranslationTransformer model)
    {
        var after = new RnnTranslationTransformer(model.Spec with { IsQuantized = true }, Replace(model.Model, model.IsQuantized));
        Count(TranslationSaving.ToParts(model), TranslationSaving.ToParts(after));
        return after;
    }

    private TranslationModel Replace(TranslationModel model, bool isQuantized)
    {
        if (model is EnsembleTranslationModel ensemble)
            return new EnsembleTranslationModel([.. ensemble.Members.Select(member => Replace(member, isQuantized))]);
        var network = (RecurrentTranslationModel)model;
        byte[][] steps = Array.ConvertAll(network.StepGraphs, graph => Quantized(graph, isQuantized));
        return new RecurrentTranslationModel(network.Source, network.Target, Array.ConvertAll(network.EncoderGraphs, EncoderOf), steps, network.Gpu);
    }

    /// <summary>Quantizes an encoder; one without weights that can have 8 bits, such as a GRU that reads frames, stays as it is.</summary>
    private byte[] EncoderOf(byte[] graph)
    {
        try
        {
            return Quantized(graph, isQuantized: false);
        }
        catch (InvalidOperationException)
        {
            return graph;
        }
    }

    private byte[] Quantized(byte[] network, bool isQuantized)
    {
        if (isQuantized)
            throw new ArgumentException("Quantize: expected a model with 32-bit weights, got one that is already quantized. Use it as it is.", "model");
        QuantizedGraph graph = QuantizedGraph.Of(network);
        _quantized.AddRange(graph.Quantized);
        _kept.AddRange(graph.Kept);
        return graph.Model;
    }

    private void Count(IReadOnlyList<(string Name, byte[] Content)> before, IReadOnlyList<(string Name, byte[] Content)> after)
    {
        _before += before.Sum(part => (long)part.Content.Length);
        _after += after.Sum(part => (long)part.Content.Length);
    }
}
