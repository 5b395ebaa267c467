using System.Runtime.CompilerServices;
using MlNetRnn.Decoding;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>Translates sources that have been read: what translators of texts and captioners of images have in common. Thread-safe.</summary>
/// <param name="transformer">The model.</param>
internal sealed class SourceTranslator(RnnTranslationTransformer transformer)
{
    private TranslationModel Model => transformer.Model;

    /// <summary>Returns the options to use, or throws if they are not valid for the model.</summary>
    /// <param name="options">The options; null for those of the model.</param>
    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    public RnnTranslationDecodingOptions Check(RnnTranslationDecodingOptions? options)
    {
        options ??= transformer.Decoding;
        options.Validate(nameof(options), transformer.Spec.HasAttention);
        if (transformer.Spec.Source.Regions is null) return options;
        if (options.ReplaceUnknown)
            throw new ArgumentException("ReplaceUnknown: expected false for images, which have no words, got true.", nameof(options));
        // The number of regions says nothing about the length of a caption.
        return options.MaximumLength is null ? options with { MaximumLength = transformer.Decoding.MaximumLength } : options;
    }

    /// <summary>Streams the parts of a translation.</summary>
    /// <param name="read">Reads the source.</param>
    /// <param name="options">The options; null for those of the model with a beam of 1.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">One or more options are not valid for a stream.</exception>
    public IAsyncEnumerable<string> Stream(Func<SourceSet> read, RnnTranslationDecodingOptions? options, CancellationToken cancellationToken)
    {
        RnnTranslationDecodingOptions used = Check(
            options ?? transformer.Decoding with { BeamWidth = 1, NBest = 1, CoveragePenalty = 0, ReplaceUnknown = false });
        if (used.BeamWidth > 1)
            throw new ArgumentException(
                $"BeamWidth: expected 0 or 1 for a stream, got {used.BeamWidth}: a beam search has no text before its end. Set it to 1, or do not stream.",
                nameof(options));
        if (used.ReplaceUnknown)
            throw new ArgumentException("ReplaceUnknown: expected false for a stream, which has no alignment, got true. Do not stream.", nameof(options));
        return Stream(read(), used, cancellationToken);
    }

    /// <summary>Computes the log-probabilities of given targets.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="targets">A target of each source.</param>
    /// <param name="cancellationToken">Cancels between two symbols.</param>
    /// <exception cref="ArgumentException">The numbers of sources and targets differ, or null is among the targets.</exception>
    public FoundTranslation[] Score(SourceSet sources, IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Contains(null!)) throw new ArgumentException("Targets: expected texts, got null among them.", nameof(targets));
        if (targets.Count != sources.Count)
            throw new ArgumentException($"Targets: expected one for each of {sources.Count} sources, got {targets.Count}.", nameof(targets));
        int[][] symbols = [.. targets.Select(target =>
        {
            var list = new List<int>();
            Model.Target.Encode(target, list);
            return list.ToArray();
        })];
        if (symbols.Length == 0) return [];
        float[][] scores = ForcedScores.Compute(Model, sources, symbols, cancellationToken);
        return
        [
            .. symbols.Select((target, row) => new FoundTranslation(new GeneratedSequence(
                [.. target, SymbolCodec.Boundary], scores[row], scores[row].Sum(value => (double)value), GenerationEnd.DocumentEnd, null))),
        ];
    }

    /// <summary>Returns the result for the user.</summary>
    public RnnTranslation ToResult(FoundTranslation found, SourceSet sources, int row, bool isTruncated, RnnTranslationDecodingOptions options)
    {
        GeneratedSequence sequence = found.Sequence;
        return new RnnTranslation(
            transformer.Texts.Text(found, sources, row, options.ReplaceUnknown), transformer.Texts.Symbols(sequence.Symbols),
            transformer.Texts.SourceSymbols(sources, row), sequence.LogProbabilities, sequence.Score, TranslationTexts.EndOf(sequence.End),
            new Lazy<IReadOnlyList<IReadOnlyList<float>>>(() => found.Attention ?? Model.Align(sources, [row], [sequence.Symbols])[0]), isTruncated);
    }

    /// <summary>
    /// Returns the boxes of the regions of each of some sources, four numbers each: those of the data, of the encoder, or of the grid; otherwise none.
    /// </summary>
    public IReadOnlyList<float[]> Boxes(SourceSet sources, int[] rows)
    {
        if (transformer.Spec.Source.Regions is not { } regions) return Array.ConvertAll(rows, _ => Array.Empty<float>());
        if (regions.BoxNumbers > 0)
            return Array.ConvertAll(rows, row => sources.Sequences.Frames(row).ToArray().Chunk(sources.Sequences.FrameSize)
                .SelectMany(frame => frame[^regions.BoxNumbers..]).ToArray());
        return [.. Model.Boxes(sources, rows).Select(computed => computed.Length > 0 ? computed : regions.CellBoxes())];
    }

    private async IAsyncEnumerable<string> Stream(
        SourceSet sources, RnnTranslationDecodingOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using INextSymbols decoder = await Task.Run(() => Model.Open(sources, [0]), cancellationToken).ConfigureAwait(false);
        RnnGenerationOptions symbols = options.OfSymbols with { BeamWidth = 0, LengthPenalty = 0, MaximumLength = options.MaximumLengthOf(sources.Length(0)) };
        if (options.BeamWidth == 1) symbols = symbols with { Temperature = 0 };
        var sampler = new SymbolSampler(decoder, symbols, [new GenerationStart([])]);
        var text = new SymbolText(Model.Target.OpenDecoder());
        while (await Task.Run(() => sampler.Step(cancellationToken) is [var next] ? text.Append(next.Symbol) : null, cancellationToken).ConfigureAwait(false)
            is { } part)
            if (part.Length > 0) yield return part;
        if (text.Flush() is { Length: > 0 } rest) yield return rest;
    }
}
