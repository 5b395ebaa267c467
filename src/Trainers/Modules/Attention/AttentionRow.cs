using System.Numerics.Tensors;
using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>Computes attention for one row and step at a time: weights a = softmax of the scores, context Σ a_s V_s. Thread-safe for different rows.</summary>
/// <param name="score">The score.</param>
/// <param name="source">The layout of keys and values.</param>
/// <param name="keys">[M,A]</param>
/// <param name="values">V, [M,W].</param>
/// <param name="energy">v, [1,A]; empty without it.</param>
internal sealed unsafe class AttentionRow(AttentionScore score, SourceRows source, Matrix keys, Matrix values, Matrix energy)
{
    /// <summary>Computes the weights.</summary>
    /// <param name="row">The row.</param>
    /// <param name="query">[A]</param>
    /// <param name="weights">Receives a, [S].</param>
    public void Weights(int row, float* query, Span<float> weights)
    {
        score.Compute(query, KeysOf(keys, row), energy.Data, weights);
        ShiftedSoftMax.Compute(weights, weights);
    }

    /// <summary>Adds the context, or some columns of it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">a, [S].</param>
    /// <param name="column">The first column of the values.</param>
    /// <param name="sum">Receives Σ a_s V_s of as many columns as it has room for.</param>
    public void AddContext(int row, ReadOnlySpan<float> weights, int column, Span<float> sum)
    {
        for (int s = 0; s < weights.Length; s++)
            TensorPrimitives.MultiplyAdd(values.RowSpan(source.Starts[row] + s).Slice(column, sum.Length), weights[s], sum, sum);
    }

    /// <summary>Adds the gradients of <see cref="AddContext"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="weights">a, [S].</param>
    /// <param name="column">The first column of the values.</param>
    /// <param name="gradient">∂L/∂context of these columns.</param>
    /// <param name="weightGradient">∂L/∂a, [S], to which is added.</param>
    /// <param name="valueGradient">∂L/∂V, [M,W], to which is added.</param>
    public void ContextBackward(
        int row, ReadOnlySpan<float> weights, int column, ReadOnlySpan<float> gradient, Span<float> weightGradient, Matrix valueGradient)
    {
        for (int s = 0; s < weights.Length; s++)
        {
            int at = source.Starts[row] + s;
            weightGradient[s] += TensorPrimitives.Dot(values.RowSpan(at).Slice(column, gradient.Length), gradient);
            Span<float> sum = valueGradient.RowSpan(at).Slice(column, gradient.Length);
            TensorPrimitives.MultiplyAdd(gradient, weights[s], sum, sum);
        }
    }

    /// <summary>Adds the gradients of <see cref="Weights"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="query">[A]</param>
    /// <param name="weights">a, [S].</param>
    /// <param name="weightGradient">∂L/∂a, [S]; replaced by ∂L/∂scores.</param>
    /// <param name="queryGradient">∂L/∂query, [A].</param>
    /// <param name="keyGradient">∂L/∂keys, [M,A].</param>
    /// <param name="energyGradient">∂L/∂v, [A]; null without v.</param>
    public void WeightsBackward(
        int row, float* query, ReadOnlySpan<float> weights, Span<float> weightGradient, float* queryGradient, Matrix keyGradient, float* energyGradient)
    {
        TensorPrimitives.Subtract(weightGradient, TensorPrimitives.Dot(weights, weightGradient), weightGradient);
        TensorPrimitives.Multiply(weightGradient, weights, weightGradient);
        score.Backward(
            query, KeysOf(keys, row), energy.Data, weightGradient, new ScoreGradients(queryGradient, KeysOf(keyGradient, row), energyGradient));
    }

    private Matrix KeysOf(Matrix all, int row) => all.Slice(source.Starts[row], source.Lengths[row]);
}
