using System.Numerics.Tensors;
using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>
/// The best tags of a network in which each tag depends on the last k ones (lecture row L6), found by beam search (Lowerre, 1976); of width 1: each
/// step takes its most probable tag.
/// </summary>
/// <param name="tags">K.</param>
/// <param name="previousTags">[k,K+1,R]: what the 1st … k-th last tag adds to the hidden units.</param>
/// <param name="tagScores">[K,R+1]: from tanh of the hidden units to the scores of the tags.</param>
/// <param name="width">How many sequences are followed.</param>
/// <param name="rules">What may follow what; null where anything may.</param>
internal sealed class PreviousTagsDecoder(int tags, ReadOnlySpan<float> previousTags, ReadOnlySpan<float> tagScores, int width, TagScheme? rules) : TagDecoder
{
    private readonly float[] _previous = previousTags.ToArray(), _scores = tagScores.ToArray();
    private readonly int _units = tagScores.Length / tags - 1;

    private int Order => _previous.Length / ((tags + 1) * _units);

    protected override TagDecoding DecodeNumbers(float[] emissions) => new Decoding(this, emissions);

    /// <summary>log P(tag | the tags before it), [K].</summary>
    public void LogProbabilities(ReadOnlySpan<float> emission, Path? before, Span<float> result)
    {
        Span<float> units = stackalloc float[_units];
        emission.CopyTo(units);
        Path? last = before;
        for (int k = 0; k < Order; k++, last = last?.Before)
            TensorPrimitives.Add(units, _previous.AsSpan((k * (tags + 1) + (last?.Tag ?? tags)) * _units, _units), units);
        TensorPrimitives.Tanh(units, units);
        for (int j = 0; j < tags; j++)
            result[j] = TensorPrimitives.Dot(units, _scores.AsSpan(j * (_units + 1), _units)) + _scores[j * (_units + 1) + _units];
        TensorPrimitives.Subtract(result, TensorPrimitives.Max<float>(result), result);
        double sum = 0;
        foreach (float score in result) sum += Math.Exp(score);
        TensorPrimitives.Subtract(result, (float)Math.Log(sum), result);
    }

    /// <summary>The best sequences, from the best on.</summary>
    private List<Path> Search(float[] emissions)
    {
        int steps = emissions.Length / _units;
        bool[]?[] open = rules is null ? new bool[]?[steps] : Open(rules, steps);
        // No sequence of this length may keep the rules: then none has to.
        if (open[0] is { } first && !first.Contains(true)) open = new bool[]?[steps];
        List<Path> paths = [];
        var distribution = new float[tags];
        for (int t = 0; t < steps; t++)
        {
            var candidates = new List<Path>();
            foreach (Path? path in t == 0 ? [null] : (IEnumerable<Path?>)paths)
            {
                LogProbabilities(emissions.AsSpan(t * _units, _units), path, distribution);
                for (int j = 0; j < tags; j++)
                {
                    bool isAllowed = open[t] is not { } possible || possible[j] && (path is null ? rules!.AllowsFirst(j) : rules!.Allows(path.Tag, j));
                    if (isAllowed) candidates.Add(new Path(path, j, (path?.LogProbability ?? 0) + distribution[j], t + 1));
                }
            }
            paths = [.. candidates.OrderByDescending(path => path.LogProbability).Take(width)];
        }
        return paths;
    }

    /// <summary>From which tags of each step the end can be reached.</summary>
    private bool[][] Open(TagScheme scheme, int steps)
    {
        var open = new bool[steps][];
        open[^1] = [.. Enumerable.Range(0, tags).Select(tag => scheme.AllowsLast(tag))];
        for (int t = steps - 2; t >= 0; t--)
            open[t] = [.. Enumerable.Range(0, tags).Select(tag => Enumerable.Range(0, tags).Any(next => open[t + 1][next] && scheme.Allows(tag, next)))];
        open[0] = [.. open[0].Select((isOpen, tag) => isOpen && scheme.AllowsFirst(tag))];
        return open;
    }

    /// <summary>The beginning of a sequence of tags.</summary>
    internal sealed record Path(Path? Before, int Tag, double LogProbability, int Length)
    {
        public int[] ToTags()
        {
            var result = new int[Length];
            for (Path? path = this; path is not null; path = path.Before) result[path.Length - 1] = path.Tag;
            return result;
        }
    }

    private sealed class Decoding : TagDecoding
    {
        private readonly PreviousTagsDecoder _decoder;
        private readonly float[] _emissions;
        private readonly int _tags;
        private readonly List<Path> _paths;
        private float[]? _probabilities;

        public Decoding(PreviousTagsDecoder decoder, float[] emissions)
        {
            (_decoder, _emissions) = (decoder, emissions);
            _paths = decoder.Search(emissions);
            Tags = _paths[0].ToTags();
            _tags = decoder._scores.Length / (decoder._units + 1);
        }

        public override int[] Tags { get; }

        public override float[] Probabilities
        {
            get
            {
                if (_probabilities is not null) return _probabilities;
                var result = new float[Tags.Length * _tags];
                for (Path? path = _paths[0]; path is not null; path = path.Before)
                {
                    Span<float> step = result.AsSpan((path.Length - 1) * _tags, _tags);
                    _decoder.LogProbabilities(_emissions.AsSpan((path.Length - 1) * _decoder._units, _decoder._units), path.Before, step);
                    TensorPrimitives.Exp(step, step);
                }
                return _probabilities = Rounded(result);
            }
        }

        protected override IReadOnlyList<TagSequence> FindBest(int count) =>
            [.. _paths.Take(count).Select(path => new TagSequence(path.ToTags(), Math.Exp(path.LogProbability)))];
    }
}
