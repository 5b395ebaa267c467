using System.Numerics.Tensors;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>The best tags of a linear chain; with transitions of 0 and no rules, of each step for itself.</summary>
/// <param name="tags">K.</param>
/// <param name="transitions">[K+2,K]; empty where a tag says nothing of the next.</param>
/// <param name="rules">What may follow what; null where anything may.</param>
internal sealed class CrfDecoder(int tags, ReadOnlySpan<float> transitions, TagScheme? rules) : TagDecoder
{
    private readonly bool _isIndependent = transitions.IsEmpty && rules is null;
    private readonly LinearChainCrf _chain = new(tags, transitions.IsEmpty ? new float[(tags + 2) * tags] : transitions, rules);

    // For the sequences that are too short for the rules: a single step where every span has two.
    private readonly LinearChainCrf? _withoutRules = rules is null ? null : new(tags, transitions.IsEmpty ? new float[(tags + 2) * tags] : transitions);

    protected override TagDecoding DecodeNumbers(float[] kept)
    {
        if (_isIndependent) return new Decoding(_chain, kept, Greatest(kept), isIndependent: true);
        return Viterbi.Best(_chain, kept) is { } path ? new Decoding(_chain, kept, path, false) : new Decoding(_withoutRules ?? _chain, kept, (_withoutRules is null ? null : Viterbi.Best(_withoutRules, kept)) ?? Greatest(kept), false);
    }

    private int[] Greatest(float[] emissions)
    {
        var path = new int[emissions.Length / tags];
        for (int t = 0; t < path.Length; t++) path[t] = TensorPrimitives.IndexOfMax<float>(emissions.AsSpan(t * tags, tags));
        return path;
    }

    private sealed class Decoding(LinearChainCrf chain, float[] emissions, int[] path, bool isIndependent) : TagDecoding
    {
        private float[]? _probabilities;
        private double _logSum;

        public override int[] Tags => path;

        public override float[] Probabilities
        {
            get
            {
                if (_probabilities is not null) return _probabilities;
                var result = new float[emissions.Length];
                if (isIndependent)
                    for (int t = 0; t < path.Length; t++) TensorPrimitives.SoftMax<float>(emissions.AsSpan(t * chain.Tags, chain.Tags), result.AsSpan(t * chain.Tags, chain.Tags));
                else _logSum = ForwardBackward.Expect(chain, emissions, result, []);
                return _probabilities = Rounded(result);
            }
        }

        protected override IReadOnlyList<TagSequence> FindBest(int count)
        {
            if (isIndependent) _logSum = ForwardBackward.Expect(chain, emissions, new float[emissions.Length], []);
            else _ = Probabilities;
            return [.. NBestSequences.Find(chain, emissions, count).Select(best => new TagSequence(best.Tags, Math.Exp(best.Score - _logSum)))];
        }
    }
}
