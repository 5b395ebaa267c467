using System.Runtime.CompilerServices;
using MlNetRnn.Decoding;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Translation;

namespace MlNetRnn;

/// <summary>Translates texts with a translation model. Created by <c>mlContext.Rnn().CreateTranslator(model)</c>.</summary>
/// <remarks>Thread-safe: the weights are shared, and each call has states of its own.</remarks>
public sealed class RnnTranslator
{
    private readonly RnnTranslationTransformer _transformer;

    /// <exception cref="ArgumentException">The model translates frames of numbers, not texts.</exception>
    internal RnnTranslator(RnnTranslationTransformer transformer)
    {
        if (transformer.Model.Source is null)
            throw new ArgumentException("Translator: expected a model of texts, got one that reads frames. Use its Transform.", nameof(transformer));
        _transformer = transformer;
    }

    private TranslationModel Model => _transformer.Model;

    /// <summary>Translates a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">The options; <see langword="null"/> for those of the model.</param>
    /// <param name="targetLanguage">The language to translate to, for a model of several; <see langword="null"/> for a model of one pair.</param>
    /// <param name="sourceLanguage">The language of the source, for a model with an encoder for each; otherwise it is not needed.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or the model does not know the language.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public string Translate(
        string source, RnnTranslationDecodingOptions? options = null, string? targetLanguage = null, string? sourceLanguage = null,
        CancellationToken cancellationToken = default) =>
        TranslateMany([source], options, targetLanguage, sourceLanguage, cancellationToken)[0][0].Text;

    /// <summary>Translates several texts together, which takes less time than one after another.</summary>
    /// <param name="sources">The texts.</param>
    /// <param name="options">The options; <see langword="null"/> for those of the model.</param>
    /// <param name="targetLanguage">The language to translate to, for a model of several; <see langword="null"/> for a model of one pair.</param>
    /// <param name="sourceLanguage">The language of the source, for a model with an encoder for each; otherwise it is not needed.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>For each text at most <see cref="RnnTranslationDecodingOptions.NBest"/> translations, the best first; at least one.</returns>
    /// <exception cref="ArgumentException">One or more options are not valid, or the model does not know the language.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public IReadOnlyList<IReadOnlyList<RnnTranslation>> TranslateMany(
        IReadOnlyList<string> sources, RnnTranslationDecodingOptions? options = null, string? targetLanguage = null, string? sourceLanguage = null,
        CancellationToken cancellationToken = default)
    {
        RnnTranslationDecodingOptions used = Check(options);
        (SourceSet store, bool[] truncated) = Encode(sources, sourceLanguage, targetLanguage, used.ReplaceUnknown);
        if (store.Count == 0) return [];
        FoundTranslation[][] found = new TranslationSearch(Model, used).Find(store, cancellationToken.ThrowIfCancellationRequested);
        return [.. found.Select((all, row) => (IReadOnlyList<RnnTranslation>)[.. all.Select(one => ToResult(one, store, row, truncated[row], used))])];
    }

    /// <summary>Translates a text, and returns the parts of the translation as soon as they are final. Takes the most probable symbol at each step.</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">
    /// The options; <see langword="null"/> for those of the model with a beam of 1. A wider beam has no parts before its end and is refused, as is
    /// <see cref="RnnTranslationDecodingOptions.ReplaceUnknown"/>, which needs the alignment.
    /// </param>
    /// <param name="targetLanguage">The language to translate to, for a model of several; <see langword="null"/> for a model of one pair.</param>
    /// <param name="sourceLanguage">The language of the source, for a model with an encoder for each; otherwise it is not needed.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or the model does not know the language.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public IAsyncEnumerable<string> StreamAsync(
        string source, RnnTranslationDecodingOptions? options = null, string? targetLanguage = null, string? sourceLanguage = null,
        CancellationToken cancellationToken = default)
    {
        RnnTranslationDecodingOptions used = Check(
            options ?? _transformer.Decoding with { BeamWidth = 1, NBest = 1, CoveragePenalty = 0, ReplaceUnknown = false });
        if (used.BeamWidth > 1)
            throw new ArgumentException(
                $"BeamWidth: expected 0 or 1 for a stream, got {used.BeamWidth}: a beam search has no text before its end. Use Translate.", nameof(options));
        if (used.ReplaceUnknown)
            throw new ArgumentException("ReplaceUnknown: expected false for a stream, which has no alignment, got true. Use Translate.", nameof(options));
        (SourceSet store, _) = Encode([source], sourceLanguage, targetLanguage);
        return Stream(store, used, cancellationToken);
    }

    /// <summary>Computes the log-probability of given translations (forced decoding).</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">A translation of each source.</param>
    /// <param name="targetLanguage">The language of the translations, for a model of several; <see langword="null"/> for a model of one pair.</param>
    /// <param name="sourceLanguage">The language of the sources, for a model with an encoder for each; otherwise it is not needed.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <returns>For each pair the translation with the log-probability of each of its symbols, its end included, and the alignment.</returns>
    /// <exception cref="ArgumentException">The numbers of texts differ, or the model does not know the language.</exception>
    public IReadOnlyList<RnnTranslation> Score(
        IReadOnlyList<string> sources, IReadOnlyList<string> targets, string? targetLanguage = null, string? sourceLanguage = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Contains(null!)) throw new ArgumentException("Targets: expected texts, got null among them.", nameof(targets));
        (SourceSet store, bool[] truncated) = Encode(sources, sourceLanguage, targetLanguage);
        if (targets.Count != store.Count)
            throw new ArgumentException($"Targets: expected one for each of {store.Count} sources, got {targets.Count}.", nameof(targets));
        int[][] symbols = [.. targets.Select(target =>
        {
            var list = new List<int>();
            Model.Target.Encode(target, list);
            return list.ToArray();
        })];
        if (symbols.Length == 0) return [];
        float[][] scores = ForcedScores.Compute(Model, store, symbols, cancellationToken);
        return
        [
            .. symbols.Select((target, row) =>
            {
                var sequence = new GeneratedSequence(
                    [.. target, SymbolCodec.Boundary], scores[row], scores[row].Sum(value => (double)value), GenerationEnd.DocumentEnd, null);
                return ToResult(new FoundTranslation(sequence), store, row, truncated[row], new RnnTranslationDecodingOptions());
            }),
        ];
    }

    private async IAsyncEnumerable<string> Stream(
        SourceSet store, RnnTranslationDecodingOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using INextSymbols decoder = await Task.Run(() => Model.Open(store, [0]), cancellationToken).ConfigureAwait(false);
        RnnGenerationOptions symbols = options.OfSymbols with { BeamWidth = 0, LengthPenalty = 0, MaximumLength = options.MaximumLengthOf(store.Length(0)) };
        if (options.BeamWidth == 1) symbols = symbols with { Temperature = 0 };
        var sampler = new SymbolSampler(decoder, symbols, [new GenerationStart([])]);
        var text = new SymbolText(Model.Target.OpenDecoder());
        while (await Task.Run(() => sampler.Step(cancellationToken) is [var next] ? text.Append(next.Symbol) : null, cancellationToken).ConfigureAwait(false)
            is { } part)
            if (part.Length > 0) yield return part;
        if (text.Flush() is { Length: > 0 } rest) yield return rest;
    }

    private RnnTranslationDecodingOptions Check(RnnTranslationDecodingOptions? options)
    {
        options ??= _transformer.Decoding;
        options.Validate(nameof(options), _transformer.Spec.HasAttention);
        return options;
    }

    private (SourceSet Store, bool[] IsTruncated) Encode(IReadOnlyList<string> sources, string? sourceLanguage, string? targetLanguage, bool keepTexts = false)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Contains(null!)) throw new ArgumentException("Sources: expected texts, got null among them.", nameof(sources));
        (int source, int target) = _transformer.Tags.NumbersOf(sourceLanguage, targetLanguage);
        var store = new SourceSet(new SequenceStore(keepTexts: keepTexts));
        var (symbols, texts) = (new List<int>(), new List<string>());
        var truncated = new bool[sources.Count];
        for (int i = 0; i < sources.Count; i++)
        {
            symbols.Clear();
            texts.Clear();
            if (keepTexts) Model.Source!.Encode(sources[i], symbols, texts);
            else Model.Source!.Encode(sources[i], symbols);
            truncated[i] = symbols.Count > _transformer.Spec.Source.MaximumLength;
            _transformer.Source.Add(store.Sequences, symbols, _transformer.Tags.TagOf(target), texts);
            store.SetLanguages(source, target);
        }
        return (store, truncated);
    }

    private RnnTranslation ToResult(FoundTranslation found, SourceSet store, int row, bool isTruncated, RnnTranslationDecodingOptions options)
    {
        GeneratedSequence sequence = found.Sequence;
        return new RnnTranslation(
            _transformer.Texts.Text(found, store, row, options.ReplaceUnknown), _transformer.Texts.Symbols(sequence.Symbols),
            _transformer.Texts.SourceSymbols(store, row), sequence.LogProbabilities, sequence.Score, TranslationTexts.EndOf(sequence.End),
            new Lazy<IReadOnlyList<IReadOnlyList<float>>>(() => found.Attention ?? Model.Align(store, [row], [sequence.Symbols])[0]), isTruncated);
    }
}
