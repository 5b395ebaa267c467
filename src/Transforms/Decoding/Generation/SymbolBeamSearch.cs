using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Decoding;

/// <summary>
/// Finds probable continuations of a prompt with <see cref="BeamSearch"/>. The beginnings of a step are rows of the model, so that it reads its weights once
/// for all of them. Not thread-safe.
/// </summary>
internal sealed class SymbolBeamSearch
{
    private const int Boundary = 0;

    private readonly INextSymbols _model;
    private readonly RnnGenerationOptions _options;
    private readonly NextSymbolFilters _filters;
    private readonly byte[] _newState;
    private readonly ulong _seed;
    private readonly float[] _first; // [V]
    private int[] _symbols = [];

    /// <summary>Prepares a search.</summary>
    /// <param name="model">A model that has read nothing, with at least one row. The search does not dispose it.</param>
    /// <param name="options">The options, with a beam width.</param>
    /// <exception cref="ArgumentException">An option is not valid, or the beam needs more memory than an array can have.</exception>
    public SymbolBeamSearch(INextSymbols model, RnnGenerationOptions options)
    {
        options.Validate(nameof(options));
        if (options.BeamWidth == 0) throw new ArgumentException("BeamWidth: expected 1 or more for a beam search, got 0.", nameof(options));
        if ((long)options.BeamWidth * model.Symbols > Array.MaxLength)
            throw new ArgumentException(
                $"BeamWidth: expected at most {Array.MaxLength / model.Symbols} for a model with {model.Symbols} symbols, got {options.BeamWidth}.",
                nameof(options));
        (_model, _options, _filters) = (model, options, new NextSymbolFilters(options));
        _newState = model.Save(0);
        _first = new float[model.Symbols];
        _seed = options.Seed is { } given ? (uint)given : (ulong)Random.Shared.NextInt64();
    }

    /// <summary>Finds the best continuations of a prompt.</summary>
    /// <param name="start">The prompt. The search may be called again for another one.</param>
    /// <param name="stops">Returns whether a sequence ends after its last symbol; required if the options have stop sequences.</param>
    /// <param name="cancellation">Cancels before the next step.</param>
    /// <param name="number">The number of the prompt, which decides the random numbers of a generation that continues a sequence.</param>
    /// <returns>
    /// At most <see cref="RnnGenerationOptions.NBest"/> sequences, the best first; fewer if the constraint allows fewer, but at least one: if every sequence
    /// ends because nothing is allowed, the best of those that end last.
    /// </returns>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    /// <exception cref="InvalidOperationException">The model is damaged, or the constraint gave numbers that are not log-probabilities.</exception>
    public IReadOnlyList<GeneratedSequence> Find(
        GenerationStart start, Func<BeamPath, bool>? stops = null, CancellationToken cancellation = default, int number = 0)
    {
        if (_options.StopSequences.Count > 0) ArgumentNullException.ThrowIfNull(stops);
        int[] prompt = start.ToRead(_model.Symbols);
        _model.Select([0]);
        _model.Restore(0, start.State?.Model ?? _newState);
        ReadPrompt(prompt, cancellation);
        byte[] state = _model.Save(0);
        _model.Read([prompt[^1]], _first);

        SymbolHistory? history = _filters.OpenHistory(start, _model.Symbols);
        var search = new BeamSearch(_options.BeamWidth, _model.Symbols, Score, _filters.UsesHistory ? Filter : null)
        {
            Forbidden = _filters.Forbidden,
            End = _options.StopAtDocumentEnd ? Boundary : null,
            IsComplete = stops,
            LengthPenalty = _options.LengthPenalty,
            Count = _options.NBest,
        };
        IReadOnlyList<BeamPath> found = search.Find(_options.MaximumLength, cancellation);
        return found.Count > 0 ? [.. found.Select(Sequence)] : [Sequence(search.LastBest, 0)];

        void Filter(BeamPath? path, Span<float> scores)
        {
            history?.SetGenerated(path);
            _filters.Apply(history, scores);
        }

        GeneratedSequence Sequence(BeamPath? path, int rank)
        {
            int[] symbols = path?.ToSymbols() ?? [];
            GenerationEnd end = found.Count == 0 ? GenerationEnd.NothingAllowed
                : path!.Symbol == Boundary && _options.StopAtDocumentEnd ? GenerationEnd.DocumentEnd
                : stops?.Invoke(path) == true ? GenerationEnd.Stopped
                : GenerationEnd.MaximumLength;
            history?.SetGenerated(path);
            // The model has dropped the row of most sequences. A generation that continues one reads its symbols again.
            ulong random = start.State?.Random ?? RandomStream.Create(_seed, (long)number * _options.NBest + rank).State;
            var next = new GenerationState(state, [prompt[^1], .. symbols], history?.All.ToArray(), random);
            double score = path is null ? 0 : path.Score * BeamSearch.Factor(path.Length, _options.LengthPenalty);
            return new GeneratedSequence(symbols, path?.ToLogProbabilities() ?? [], score, end, next);
        }
    }

    private void ReadPrompt(ReadOnlyMemory<int> prompt, CancellationToken cancellation)
    {
        const int Piece = 256; // between two checks for cancellation
        for (int i = 0; i < prompt.Length - 1; i += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            _model.ReadPrompts([prompt[i..Math.Min(i + Piece, prompt.Length - 1)]]);
        }
    }

    /// <summary>Computes the distributions after the beginnings; see <see cref="BeamScoring"/>.</summary>
    private void Score(ReadOnlySpan<BeamPath?> paths, ReadOnlySpan<int> from, Span<float> logProbabilities)
    {
        if (paths[0] is null)
        {
            _first.CopyTo(logProbabilities);
        }
        else
        {
            if (_symbols.Length < paths.Length) _symbols = new int[paths.Length];
            for (int b = 0; b < paths.Length; b++) _symbols[b] = paths[b]!.Symbol;
            _model.Select(from);
            _model.Read(_symbols.AsSpan(0, paths.Length), logProbabilities);
        }
        for (int b = 0; b < paths.Length; b++) NextSymbolFilters.Check(logProbabilities.Slice(b * _model.Symbols, _model.Symbols));
    }
}
