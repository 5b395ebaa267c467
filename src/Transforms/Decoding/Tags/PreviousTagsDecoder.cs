using System.Numerics.Tensors;
using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>
/// Decodes tags, each of which depends on the k tags before it, with <see cref="BeamSearch"/>. With width 1, each step takes its most probable tag.
/// </summary>
/// <param name="tags">K.</param>
/// <param name="previousTags">[k,K+1,R]: the values that the 1st … k-th previous tag adds to the hidden units.</param>
/// <param name="tagScores">[K,R+1]: the weights from tanh of the hidden units to the scores of the tags; the last column is the bias.</param>
/// <param name="width">The number of sequences that the search keeps.</param>
/// <param name="rules">Restricts which tag may follow which; null for no restriction.</param>
internal sealed class PreviousTagsDecoder(int tags, ReadOnlySpan<float> previousTags, ReadOnlySpan<float> tagScores, int width, TagScheme? rules) : TagDecoder
{
    private readonly float[] _previous = previousTags.ToArray(), _scores = tagScores.ToArray();
    private readonly int _units = tagScores.Length / tags - 1;

    private int Order => _previous.Length / ((tags + 1) * _units);

    protected override TagDecoding DecodeNumbers(float[] emissions) => new Decoding(this, emissions);

    /// <summary>Computes log P(tag | tags before it), [K].</summary>
    private void Score(ReadOnlySpan<float> emission, BeamPath? before, Span<float> result)
    {
        Span<float> units = stackalloc float[_units];
        emission.CopyTo(units);
        BeamPath? last = before;
        for (int k = 0; k < Order; k++, last = last?.Before)
            TensorPrimitives.Add(units, _previous.AsSpan((k * (tags + 1) + (last?.Symbol ?? tags)) * _units, _units), units);
        TensorPrimitives.Tanh(units, units);
        for (int j = 0; j < tags; j++)
            result[j] = TensorPrimitives.Dot(units, _scores.AsSpan(j * (_units + 1), _units)) + _scores[j * (_units + 1) + _units];
        TensorPrimitives.Subtract(result, TensorPrimitives.Max<float>(result), result);
        double sum = 0;
        foreach (float score in result) sum += Math.Exp(score);
        TensorPrimitives.Subtract(result, (float)Math.Log(sum), result);
    }

    /// <summary>Finds the best sequences, the best first.</summary>
    private IReadOnlyList<BeamPath> Search(float[] emissions)
    {
        int steps = emissions.Length / _units;
        return new BeamSearch(width, tags, ScoreAll, Filter(steps)).Find(steps);

        void ScoreAll(ReadOnlySpan<BeamPath?> paths, ReadOnlySpan<int> from, Span<float> result)
        {
            int step = paths[0]?.Length ?? 0;
            for (int b = 0; b < paths.Length; b++)
            {
                Span<float> row = result.Slice(b * tags, tags);
                Score(emissions.AsSpan(step * _units, _units), paths[b], row);
                // Every row gets tags, even if the network computed NaN for it.
                foreach (ref float score in row)
                    if (!(score >= float.MinValue)) score = float.MinValue;
            }
        }
    }

    /// <summary>Returns the filter that restricts a search to tags from which the sequence can be completed by the rules of the scheme.</summary>
    /// <returns>Null without rules, or if no sequence of this length follows them: the search is then unrestricted.</returns>
    private BeamFilter? Filter(int steps)
    {
        if (rules is null) return null;
        bool[][] open = Open(rules, steps);
        if (!open[0].Contains(true)) return null;
        return (before, scores) =>
        {
            bool[] isOpen = open[before?.Length ?? 0];
            for (int tag = 0; tag < scores.Length; tag++)
                if (!isOpen[tag] || !(before is null ? rules.AllowsFirst(tag) : rules.Allows(before.Symbol, tag))) scores[tag] = float.NegativeInfinity;
        };
    }

    /// <summary>Returns for each step the tags from which the end can be reached.</summary>
    private bool[][] Open(TagScheme scheme, int steps)
    {
        var open = new bool[steps][];
        open[^1] = [.. Enumerable.Range(0, tags).Select(tag => scheme.AllowsLast(tag))];
        for (int t = steps - 2; t >= 0; t--)
            open[t] = [.. Enumerable.Range(0, tags).Select(tag => Enumerable.Range(0, tags).Any(next => open[t + 1][next] && scheme.Allows(tag, next)))];
        open[0] = [.. open[0].Select((isOpen, tag) => isOpen && scheme.AllowsFirst(tag))];
        return open;
    }

    private sealed class Decoding : TagDecoding
    {
        private readonly PreviousTagsDecoder _decoder;
        private readonly float[] _emissions;
        private readonly int _tags;
        private readonly IReadOnlyList<BeamPath> _paths;
        private float[]? _probabilities;

        public Decoding(PreviousTagsDecoder decoder, float[] emissions)
        {
            (_decoder, _emissions) = (decoder, emissions);
            _paths = decoder.Search(emissions);
            Tags = _paths[0].ToSymbols();
            _tags = decoder._scores.Length / (decoder._units + 1);
        }

        public override int[] Tags { get; }

        public override float[] Probabilities
        {
            get
            {
                if (_probabilities is not null) return _probabilities;
                var result = new float[Tags.Length * _tags];
                for (BeamPath? path = _paths[0]; path is not null; path = path.Before)
                {
                    Span<float> step = result.AsSpan((path.Length - 1) * _tags, _tags);
                    _decoder.Score(_emissions.AsSpan((path.Length - 1) * _decoder._units, _decoder._units), path.Before, step);
                    TensorPrimitives.Exp(step, step);
                }
                return _probabilities = Rounded(result);
            }
        }

        protected override IReadOnlyList<TagSequence> FindBest(int count) =>
            [.. _paths.Take(count).Select(path => new TagSequence(path.ToSymbols(), Math.Exp(path.LogProbability)))];
    }
}
