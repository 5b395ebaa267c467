using System.Numerics.Tensors;
using MlNetRnn.Batching;
using MlNetRnn.Decoding;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Tags;

namespace MlNetRnn.Objectives;

/// <summary>The loss of a conditional random field, summed over rows, and its gradient.</summary>
/// <param name="tags">K, the number of tags.</param>
/// <param name="transitions">The scores of each tag after each other one, [K+2,K].</param>
/// <param name="rules">The rules of spans; null if any tag may follow any other.</param>
internal sealed class CrfLoss(int tags, ReadOnlySpan<float> transitions, TagScheme? rules)
{
    private readonly LinearChainCrf _chain = new(tags, transitions, rules), _withoutRules = new(tags, transitions);
    private readonly double[] _pairs = new double[(tags + 2) * tags];

    /// <summary>The gradient of the transitions, summed over the rows so far, [K+2,K].</summary>
    public float[] TransitionGradient { get; } = new float[(tags + 2) * tags];

    /// <summary>Adds a row.</summary>
    /// <param name="emissions">The scores of the tags of each step, [N,K].</param>
    /// <param name="labels">The true tags.</param>
    /// <param name="batch">The rows in packed order.</param>
    /// <param name="row">The number of the sorted row.</param>
    /// <param name="gradient">Receives the gradient of the row's emissions, [N,K].</param>
    /// <returns>The loss of the row, times its weight.</returns>
    public double Add(ReadOnlySpan<float> emissions, StepLabels labels, PackedBatch batch, int row, Span<float> gradient)
    {
        int[] truth = labels.TagsOf(batch, row);
        if (truth.All(tag => tag < 0)) return 0;
        // All training rows keep the rules, else there are no rules. Validation rows can break them.
        LinearChainCrf chain = rules is null || rules.Allows(truth) ? _chain : _withoutRules;
        float[] own = new float[truth.Length * tags], expected = new float[own.Length];
        for (int t = 0; t < truth.Length; t++) emissions.Slice(batch.Position(row, t) * tags, tags).CopyTo(own.AsSpan(t * tags));
        double loss = ForwardBackward.Expect(chain, own, expected, _pairs);
        AddTransitions(labels.WeightOf(row));
        loss -= Observe(chain, own, truth, expected, labels.WeightOf(row));
        for (int t = 0; t < truth.Length; t++)
            TensorPrimitives.Multiply(expected.AsSpan(t * tags, tags), labels.WeightOf(row), gradient.Slice(batch.Position(row, t) * tags, tags));
        return loss * labels.WeightOf(row);
    }

    /// <summary>Subtracts the observed counts from the expected ones.</summary>
    /// <returns>The score of the observed tags; if some steps have no tag, the score of all sequences that agree with the others.</returns>
    private double Observe(LinearChainCrf chain, float[] emissions, int[] truth, float[] expected, float weight)
    {
        if (truth.All(tag => tag >= 0))
        {
            for (int t = 0; t < truth.Length; t++)
            {
                expected[t * tags + truth[t]]--;
                TransitionGradient[(t == 0 ? tags : truth[t - 1]) * tags + truth[t]] -= weight;
            }
            TransitionGradient[(tags + 1) * tags + truth[^1]] -= weight;
            return chain.Score(emissions, truth);
        }
        for (int t = 0; t < truth.Length; t++)
            for (int j = 0; j < tags; j++)
                if (truth[t] >= 0 && j != truth[t]) emissions[t * tags + j] = float.NegativeInfinity;
        var observed = new float[expected.Length];
        double score = ForwardBackward.Expect(chain, emissions, observed, _pairs);
        AddTransitions(-weight);
        TensorPrimitives.Subtract(expected, observed, expected);
        return score;
    }

    private void AddTransitions(float weight)
    {
        for (int i = 0; i < _pairs.Length; i++) TransitionGradient[i] += (float)(weight * _pairs[i]);
    }
}
