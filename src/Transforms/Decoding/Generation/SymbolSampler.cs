using MlNetRnn.RandomNumbers;

namespace MlNetRnn.Decoding;

/// <summary>
/// Draws sequences of symbols from a model, for several prompts at once, step by step. A row that has ended is removed from the model, so that the others
/// become faster. The symbols of a row do not depend on the other rows. Not thread-safe.
/// </summary>
internal sealed partial class SymbolSampler
{
    /// <summary>Long prompts are read in pieces of this size, so that reading them can be canceled.</summary>
    private const int PromptPiece = 256;

    private readonly INextSymbols _model;
    private readonly RnnGenerationOptions _options;
    private readonly NextSymbolFilters _filters;
    private readonly SymbolDraw _draw;
    private readonly bool _keepsStates;
    private readonly SampledRow[] _rows;
    private readonly List<GeneratedSymbol> _step = [];
    private readonly float[] _logProbabilities, _scores;
    private readonly int[] _symbols;
    private SampledRow[] _live;
    private bool _hasFailed;

    /// <summary>Prepares the rows. Nothing is read yet.</summary>
    /// <param name="model">A model that has read nothing, with one row or with a row for each start. The sampler does not dispose it.</param>
    /// <param name="options">The options. Stop sequences are texts, which the caller recognizes; see <see cref="Stop"/>.</param>
    /// <param name="starts">The start of each row.</param>
    /// <param name="keepsStates">Whether <see cref="Save"/> is possible for rows that have ended.</param>
    /// <param name="streams">For each row, which of the random streams of the seed it uses; null for its number.</param>
    /// <exception cref="ArgumentException">An option or a symbol of a prompt is not valid.</exception>
    /// <exception cref="FormatException">A start has the state of another model.</exception>
    public SymbolSampler(
        INextSymbols model, RnnGenerationOptions options, IReadOnlyList<GenerationStart> starts, bool keepsStates = false,
        IReadOnlyList<long>? streams = null)
    {
        options.Validate(nameof(options));
        (_model, _options, _keepsStates) = (model, options, keepsStates);
        _filters = new NextSymbolFilters(options);
        _draw = new SymbolDraw(options.Temperature, options.TopK, options.TopP);
        ulong seed = options.Seed is { } given ? (uint)given : (ulong)Random.Shared.NextInt64();
        int most = Array.MaxLength / model.Symbols;
        if (starts.Count > most)
            throw new ArgumentException($"Expected at most {most} prompts at once, got {starts.Count}. Generate from fewer prompts at once.", nameof(starts));
        _rows = [.. starts.Select((start, i) => Row(i, start, RandomStream.Create(seed, streams?[i] ?? i)))];
        _live = [.. _rows];
        if (starts.Count > 0 && model.Rows != starts.Count) model.Select(new int[starts.Count]);
        for (int i = 0; i < starts.Count; i++)
            if (starts[i].State is { } state) model.Restore(i, state.Model);
        _symbols = new int[starts.Count];
        _logProbabilities = new float[starts.Count * model.Symbols];
        _scores = new float[model.Symbols];
    }

    /// <summary>Generates the next symbol of each row that has not ended.</summary>
    /// <param name="cancellation">Cancels before the model reads. The generation can be continued after a cancellation.</param>
    /// <returns>The symbols, in the order of the rows, valid until the next call; empty if all rows have ended.</returns>
    /// <exception cref="OperationCanceledException">The generation was canceled.</exception>
    /// <exception cref="InvalidOperationException">The model is damaged, or the constraint gave NaN.</exception>
    public IReadOnlyList<GeneratedSymbol> Step(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ThrowIfFailed();
        _step.Clear();
        if (Array.Exists(_live, row => row.End != GenerationEnd.None)) RemoveEnded();
        if (_live.Length == 0) return _step;
        ReadPrompts(cancellation);
        _hasFailed = true; // until all rows have drawn
        for (int b = 0; b < _live.Length; b++) _symbols[b] = _live[b].Unread.Span[0];
        _model.Read(_symbols.AsSpan(0, _live.Length), _logProbabilities.AsSpan(0, _live.Length * _model.Symbols)); // [B,V]
        foreach (SampledRow row in _live) Draw(row);
        _hasFailed = false;
        return _step;
    }

    /// <summary>Ends a row, for example because its text has reached a stop sequence.</summary>
    public void Stop(int row)
    {
        if (_rows[row].End == GenerationEnd.None) _rows[row].End = GenerationEnd.Stopped;
    }

    /// <summary>Returns why a row has ended.</summary>
    public GenerationEnd EndOf(int row) => _rows[row].End;

    /// <summary>Returns the state of a row, from which its generation can be continued.</summary>
    public GenerationState Save(int row)
    {
        ThrowIfFailed();
        return _rows[row].Slot >= 0 ? _rows[row].ToState(_model) : _rows[row].State
            ?? throw new InvalidOperationException("The states of ended rows are not kept. Create the sampler with keepsStates.");
    }

    private SampledRow Row(int number, GenerationStart start, RandomStream random)
    {
        int[] unread = start.ToRead(_model.Symbols);
        return new SampledRow(number, unread, _filters.OpenHistory(start, _model.Symbols), start.State is { } state ? new RandomStream(state.Random) : random);
    }

    private void RemoveEnded()
    {
        (SampledRow[] before, SampledRow[] rest) = (_live, Array.FindAll(_live, row => row.End == GenerationEnd.None));
        _live = rest;
        // The states of the rows that ended last stay in the model, which reads no more.
        if (rest.Length == 0) return;
        foreach (SampledRow row in before)
        {
            if (row.End == GenerationEnd.None) continue;
            if (_keepsStates) row.Keep(_model);
            row.Slot = -1;
        }
        _model.Select(Array.ConvertAll(rest, row => row.Slot));
        for (int slot = 0; slot < rest.Length; slot++) rest[slot].Slot = slot;
    }

    /// <summary>Reads the prompts except their last symbols.</summary>
    private void ReadPrompts(CancellationToken cancellation)
    {
        while (Array.Exists(_live, row => row.Unread.Length > 1))
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlyMemory<int>[] pieces = Array.ConvertAll(_live, row => row.Unread[..Math.Min(PromptPiece, row.Unread.Length - 1)]);
            _hasFailed = true;
            _model.ReadPrompts(pieces);
            for (int b = 0; b < pieces.Length; b++) _live[b].Unread = _live[b].Unread[pieces[b].Length..];
            _hasFailed = false;
        }
    }

    private void Draw(SampledRow row)
    {
        ReadOnlySpan<float> logProbabilities = _logProbabilities.AsSpan(row.Slot * _model.Symbols, _model.Symbols);
        NextSymbolFilters.Check(logProbabilities);
        logProbabilities.CopyTo(_scores);
        _filters.Apply(row.History, _scores);
        int symbol = row.Draw(_draw, _scores);
        if (symbol < 0)
        {
            (row.Unread, row.End) = (default, GenerationEnd.NothingAllowed);
            return;
        }
        row.Add(symbol);
        if (symbol == 0 && _options.StopAtDocumentEnd) row.End = GenerationEnd.DocumentEnd;
        else if (row.Length >= _options.MaximumLength) row.End = GenerationEnd.MaximumLength;
        _step.Add(new GeneratedSymbol(row.Number, symbol, logProbabilities[symbol], row.End));
    }

    private void ThrowIfFailed()
    {
        if (_hasFailed) throw new InvalidOperationException("An earlier step failed, so the state of the model is undefined. Start the generation again.");
    }
}
