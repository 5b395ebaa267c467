using System.Numerics.Tensors;
using MlNetRnn.Kernels;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Tags;

namespace MlNetRnn.Decoding;

/// <summary>
/// Decodes tags with a linear-chain CRF. It also decodes independent tags, as a CRF whose transitions score 0; without rules, each step then takes its most
/// probable tag.
/// </summary>
/// <param name="tags">K.</param>
/// <param name="transitions">The scores of the transitions, [K+2,K]; empty for independent tags.</param>
/// <param name="rules">Restricts which tag may follow which; null for no restriction.</param>
internal sealed class CrfDecoder(int tags, ReadOnlySpan<float> transitions, TagScheme? rules) : TagDecoder
{
    private readonly bool _isIndependent = transitions.IsEmpty && rules is null;
    private readonly LinearChainCrf _chain = new(tags, transitions.IsEmpty ? new float[(tags + 2) * tags] : transitions, rules);

    // For sequences that are too short for the rules, such as a single step where every span has at least two.
    private readonly LinearChainCrf? _withoutRules = rules is null ? null : new(tags, transitions.IsEmpty ? new float[(tags + 2) * tags] : transitions);

    protected override TagDecoding DecodeNumbers(float[] kept)
    {
        if (_isIndependent) return new Decoding(_chain, kept, Greatest(kept), isIndependent: true);
        if (Viterbi.Best(_chain, kept) is { } path) return new Decoding(_chain, kept, path, false);
        LinearChainCrf free = _withoutRules ?? _chain;
        return new Decoding(free, kept, (_withoutRules is null ? null : Viterbi.Best(_withoutRules, kept)) ?? Greatest(kept), false);
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
                {
                    for (int t = 0; t < path.Length; t++)
                        ShiftedSoftMax.Compute(emissions.AsSpan(t * chain.Tags, chain.Tags), result.AsSpan(t * chain.Tags, chain.Tags));
                }
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
