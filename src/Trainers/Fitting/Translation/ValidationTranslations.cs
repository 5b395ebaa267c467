using MlNetRnn.Batching;
using MlNetRnn.Evaluation;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn.Fitting;

/// <summary>
/// Computes BLEU of greedy translations of validation sources, with the exported network, as the trained model will compute them. The number of symbols of a
/// translation is limited to twice that of its reference, so that an untrained network does not take long.
/// </summary>
internal sealed class ValidationTranslations
{
    private static readonly RnnTranslationEvaluationOptions Evaluation = new() { Tokenization = RnnBleuTokenization.Wmt13a };

    private readonly TranslationNetwork _network;
    private readonly PairVocabularies _vocabularies;
    private readonly SourceSet _sources;
    private readonly string[][] _references;
    private readonly int _longest, _threads;

    /// <param name="network">The network.</param>
    /// <param name="vocabularies">The symbols.</param>
    /// <param name="data">The pairs.</param>
    /// <param name="maximum">The maximum number of sources.</param>
    /// <param name="threads">The number of threads that may be used.</param>
    public ValidationTranslations(TranslationNetwork network, PairVocabularies vocabularies, PairData data, int maximum, int threads)
    {
        (_network, _vocabularies, _threads) = (network, vocabularies, threads);
        int[] pairs = data.ValidationPairs[..Math.Min(maximum, data.ValidationPairs.Length)];
        SequenceStore all = data.Validation.Source, kept = new(all.FrameSize);
        _sources = new SourceSet(kept);
        // Pairs that share a source are several references of one translation.
        int[][] bySource = [.. pairs.GroupBy(pair => (data.Validation.SourceOf(pair), data.Validation.LanguagesOf(pair))).Select(same => same.ToArray())];
        foreach (int[] same in bySource)
        {
            kept.AddSequence(all, data.Validation.SourceOf(same[0]));
            (int source, int target) = data.Validation.LanguagesOf(same[0]);
            _sources.SetLanguages(source, target);
        }
        _references = Array.ConvertAll(bySource, same => Array.ConvertAll(same, pair => vocabularies.Target.Decode(data.Validation.Target[pair])));
        _longest = pairs.Length == 0 ? 1 : 2 * pairs.Max(pair => data.Validation.Target.Length(pair));
    }

    /// <summary>Computes BLEU, 0 to 100.</summary>
    /// <param name="check">Called before each step; throws if the training was canceled.</param>
    public double Bleu(Action check)
    {
        RecurrentTranslationModel model = TranslationNetworks.Export(_network, _vocabularies, default);
        try
        {
            var options = new RnnTranslationDecodingOptions { BeamWidth = 1, MaximumLength = _longest };
            FoundTranslation[][] found = new TranslationSearch(model, options).Find(_sources, check, _threads);
            var counts = new TranslationCounts(Evaluation);
            for (int row = 0; row < found.Length; row++)
                counts.Add(_vocabularies.Target.Decode(found[row][0].Sequence.Symbols), _references[row]);
            return new RnnTranslationMetrics(counts, Evaluation).Bleu.Score;
        }
        finally
        {
            model.Release();
        }
    }
}
