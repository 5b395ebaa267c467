using MlNetRnn.Batching;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;

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
        ParameterSet encoder = parameters.Within("encoder"), decoder = parameters.Within("decoder");
        SymbolDropout dropout = SymbolDropout.Of(network);
        Parameter Table(ParameterSet set, int symbols, bool isOutput) => SymbolEmbedding.CreateTable(set, symbols, network.EmbeddingSize, isOutput);
        Parameter target = Table(network.SharedEmbeddings ? parameters : decoder, vocabularies.Target.Count, network.TiedEmbeddings);
        InputLayer source;
        if (vocabularies.Source is not { } codec)
        {
            FrameStatistics statistics = FrameStatistics.Of(sources, [.. Enumerable.Range(0, sources.Count)]);
            source = new FrameInput(encoder, statistics.Mean, statistics.Deviation, statistics.Limit);
        }
        else
        {
            Parameter own = network.SharedEmbeddings ? target : Table(encoder, codec.Count, isOutput: false);
            Parameter? tags = vocabularies.TargetLanguages.Count == 0
                ? null
                : SymbolEmbedding.CreateTable(encoder, vocabularies.TargetLanguages.Count, network.EmbeddingSize, isOutput: false, "tags");
            source = new SymbolEmbedding(own, tags, dropout);
        }
        return new TranslationNetwork(parameters, source, new SymbolEmbedding(target, null, dropout), network, threads);
    }
}
