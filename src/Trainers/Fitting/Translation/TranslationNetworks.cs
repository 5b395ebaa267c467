using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>Creates the network of a translation model.</summary>
internal static class TranslationNetworks
{
    /// <param name="parameters">Receives the weights.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="vocabularies">The symbols and languages.</param>
    /// <param name="sources">The training sources, for the statistics of frames.</param>
    /// <param name="threads">The number of threads that a step may use.</param>
    public static TranslationNetwork Create(
        ParameterSet parameters, RnnTranslationOptions options, PairVocabularies vocabularies, SequenceStore sources, int threads)
    {
        RnnTranslationNetworkOptions network = options.Network;
        Parameter? shared = network.SharedEmbeddings ? Table(parameters, vocabularies.Target.Count, network, network.TiedEmbeddings) : null;
        SourceEncoder[] encoders =
        [
            .. Scopes("encoder", options.EncoderPerLanguage ? vocabularies.SourceLanguages : null).Select(scope =>
                SourceEncoders.Create(parameters.Within(scope), Input(parameters.Within(scope), options, vocabularies, shared, sources), network, threads)),
        ];
        TranslationDecoder[] decoders =
        [
            .. Scopes("decoder", options.DecoderPerLanguage ? vocabularies.TargetLanguages : null).Select(scope =>
            {
                ParameterSet own = parameters.Within(scope);
                Parameter table = shared ?? Table(own, vocabularies.Target.Count, network, network.TiedEmbeddings);
                ParameterSet bridge = options.DecoderPerLanguage ? own.Within("bridge") : parameters.Within("bridge");
                return new TranslationDecoder(own, bridge, new SymbolEmbedding(table, null, SymbolDropout.Of(network)), network, threads);
            }),
        ];
        return new TranslationNetwork(parameters, encoders, decoders);
    }

    /// <summary>Returns the model of a trained network.</summary>
    public static RecurrentTranslationModel Export(TranslationNetwork network, PairVocabularies vocabularies, GpuRequest gpu)
    {
        (int encoders, int decoders) = network.Count;
        return new RecurrentTranslationModel(
            vocabularies.Source, vocabularies.Target,
            [.. Enumerable.Range(0, encoders * decoders).Select(i => network.ExportEncoder(i / decoders, i % decoders))],
            [.. Enumerable.Range(0, decoders).Select(network.ExportStep)], gpu);
    }

    /// <summary>Returns the names of the parts: one, or one for each language.</summary>
    private static IEnumerable<string> Scopes(string part, IReadOnlyList<string>? languages) =>
        languages is null ? [part] : languages.Select(language => $"{part}.{language}");

    private static InputLayer Input(
        ParameterSet parameters, RnnTranslationOptions options, PairVocabularies vocabularies, Parameter? shared, SequenceStore sources)
    {
        if (vocabularies.Source is not { } codec)
        {
            FrameStatistics statistics = FrameStatistics.Of(sources, [.. Enumerable.Range(0, sources.Count)]);
            return new FrameInput(parameters, statistics.Mean, statistics.Deviation, statistics.Limit);
        }
        Parameter own = shared ?? Table(parameters, codec.Count, options.Network, isOutput: false);
        int tags = options.DecoderPerLanguage ? 0 : vocabularies.TargetLanguages.Count;
        return new SymbolEmbedding(
            own,
            tags == 0 ? null : SymbolEmbedding.CreateTable(parameters, tags, options.Network.EmbeddingSize, isOutput: false, "tags"),
            SymbolDropout.Of(options.Network));
    }

    private static Parameter Table(ParameterSet parameters, int symbols, RnnTranslationNetworkOptions network, bool isOutput) =>
        SymbolEmbedding.CreateTable(parameters, symbols, network.EmbeddingSize, isOutput);
}
