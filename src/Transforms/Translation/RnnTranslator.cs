using MlNetRnn.Sequences;
using MlNetRnn.Translation;

namespace MlNetRnn;

/// <summary>Translates texts with a translation model. Created by <c>mlContext.Rnn().CreateTranslator(model)</c>.</summary>
/// <remarks>Thread-safe: the weights are shared, and each call has states of its own.</remarks>
public sealed class RnnTranslator
{
    private readonly RnnTranslationTransformer _transformer;
    private readonly SourceTranslator _translator;

    /// <exception cref="ArgumentException">The model translates frames of numbers, not texts.</exception>
    internal RnnTranslator(RnnTranslationTransformer transformer)
    {
        if (transformer.Model.Source is null)
            throw new ArgumentException("Translator: expected a model of texts, got one that reads frames. Use its Transform.", nameof(transformer));
        (_transformer, _translator) = (transformer, new SourceTranslator(transformer));
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
        RnnTranslationDecodingOptions used = _translator.Check(options);
        (SourceSet store, bool[] truncated) = Encode(sources, sourceLanguage, targetLanguage, used.ReplaceUnknown);
        if (store.Count == 0) return [];
        FoundTranslation[][] found = new TranslationSearch(Model, used).Find(store, cancellationToken.ThrowIfCancellationRequested);
        return
        [
            .. found.Select((all, row) =>
                (IReadOnlyList<RnnTranslation>)[.. all.Select(one => _translator.ToResult(one, store, row, truncated[row], used))]),
        ];
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
        return _translator.Stream(() => Encode([source], sourceLanguage, targetLanguage).Store, options, cancellationToken);
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
        (SourceSet store, bool[] truncated) = Encode(sources, sourceLanguage, targetLanguage);
        var options = new RnnTranslationDecodingOptions();
        FoundTranslation[] scored = _translator.Score(store, targets, cancellationToken);
        return [.. scored.Select((found, row) => _translator.ToResult(found, store, row, truncated[row], options))];
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
}
