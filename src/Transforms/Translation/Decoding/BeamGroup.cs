using System.Buffers;
using MlNetRnn.Decoding;

namespace MlNetRnn.Translation;

/// <summary>Beam searches of several sources that share the steps of a decoder. The result of a source does not depend on the others.</summary>
internal sealed class BeamGroup
{
    private const int Boundary = 0;

    private readonly INextSymbols _decoder;
    private readonly RnnGenerationOptions _options;
    private readonly Beam[] _beams;

    /// <param name="decoder">A decoder that has read nothing; row i reads source i.</param>
    /// <param name="options">The options.</param>
    /// <param name="limits">The maximum length of each translation.</param>
    public BeamGroup(INextSymbols decoder, RnnGenerationOptions options, int[] limits)
    {
        (_decoder, _options) = (decoder, options);
        var filters = new NextSymbolFilters(options);
        _beams = Array.ConvertAll(limits, limit =>
        {
            SymbolHistory? history = filters.OpenHistory(new GenerationStart([]), decoder.Symbols);
            var search = new BeamSearch(options.BeamWidth, decoder.Symbols, null, filters.UsesHistory ? Filter : null)
            {
                Forbidden = filters.Forbidden,
                End = Boundary,
                LengthPenalty = options.LengthPenalty,
                Count = options.NBest,
            };
            return new Beam(search.Begin(limit));

            void Filter(BeamPath? path, Span<float> scores)
            {
                history?.SetGenerated(path);
                filters.Apply(history, scores);
            }
        });
    }

    /// <summary>Finds the best translations of each source, the best first. There is at least one: if nothing is allowed, it is empty.</summary>
    /// <param name="check">Called before each step; throws to cancel.</param>
    public IReadOnlyList<GeneratedSequence>[] Find(Action? check)
    {
        float[] logProbabilities = ArrayPool<float>.Shared.Rent(_beams.Length * _decoder.Symbols);
        var rows = new List<int>();
        var symbols = new List<int>();
        bool isFirst = true;
        while (_beams.Any(beam => !beam.Run.HasEnded))
        {
            check?.Invoke();
            rows.Clear();
            symbols.Clear();
            for (int i = 0; i < _beams.Length; i++)
            {
                Beam beam = _beams[i];
                if (beam.Run.HasEnded) continue;
                int before = isFirst ? i : beam.FirstRow;
                beam.FirstRow = rows.Count;
                foreach (int from in beam.Run.From) rows.Add(before + from);
                foreach (BeamPath? path in beam.Run.Open) symbols.Add(path?.Symbol ?? Boundary);
            }
            if (!isFirst) _decoder.Select([.. rows]);
            isFirst = false;
            int count = rows.Count * _decoder.Symbols;
            if (logProbabilities.Length < count)
            {
                ArrayPool<float>.Shared.Return(logProbabilities);
                logProbabilities = ArrayPool<float>.Shared.Rent(count);
            }
            _decoder.Read([.. symbols], logProbabilities.AsSpan(0, count));
            foreach (Beam beam in _beams)
            {
                if (beam.Run.HasEnded) continue;
                int first = beam.FirstRow * _decoder.Symbols, length = beam.Run.Open.Length * _decoder.Symbols;
                Span<float> own = logProbabilities.AsSpan(first, length);
                for (int b = 0; b < beam.Run.Open.Length; b++) NextSymbolFilters.Check(own.Slice(b * _decoder.Symbols, _decoder.Symbols));
                beam.LastBest = beam.Run.Open[0];
                beam.Run.Advance(own);
            }
        }
        ArrayPool<float>.Shared.Return(logProbabilities);
        return Array.ConvertAll(_beams, ToSequences);
    }

    private IReadOnlyList<GeneratedSequence> ToSequences(Beam beam) => beam.Run.Found.Count > 0
        ? [.. beam.Run.Found.Select(path => ToSequence(path, path.Symbol == Boundary ? GenerationEnd.DocumentEnd : GenerationEnd.MaximumLength))]
        : [ToSequence(beam.LastBest, GenerationEnd.NothingAllowed)];

    private GeneratedSequence ToSequence(BeamPath? path, GenerationEnd end) => path is null
        ? new GeneratedSequence([], [], 0, end, null)
        : new GeneratedSequence(
            path.ToSymbols(), path.ToLogProbabilities(), path.Score * BeamSearch.Factor(path.Length, _options.LengthPenalty), end, null);

    private sealed class Beam(BeamSearchRun run)
    {
        public BeamSearchRun Run => run;

        /// <summary>The first row of the decoder that belongs to the beam.</summary>
        public int FirstRow { get; set; }

        public BeamPath? LastBest { get; set; }
    }
}
