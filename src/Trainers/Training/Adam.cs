using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;

namespace MlNetRnn.Training;

/// <summary>
/// The Adam optimizer (Kingma and Ba, 2015, algorithm 1), in one pass over the numbers. In a table, a step changes only the rows that the batch uses, with
/// the moments of their last use ("lazy" Adam), so that words that do not occur cost no time. Weight decay is decoupled from the gradient (Loshchilov and
/// Hutter, 2019) and does not apply to biases.
/// </summary>
/// <param name="parameters">The trainable parameters.</param>
/// <param name="weightDecay">The share by which a step shrinks a weight, per unit of the learning rate.</param>
internal sealed unsafe class Adam(IReadOnlyList<Parameter> parameters, float weightDecay = 0)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[][] _first = [.. parameters.Select(p => new float[p.Value.numel()])];
    private readonly float[][] _second = [.. parameters.Select(p => new float[p.Value.numel()])];
    private int _step;

    /// <summary>Updates the parameters by their gradients.</summary>
    /// <param name="gradientScale">The factor of the gradients: 1, or less if their norm is clipped.</param>
    /// <param name="learningRate">The step size.</param>
    public void Step(float gradientScale, float learningRate)
    {
        _step++;
        float correction1 = 1 - MathF.Pow(Beta1, _step), correction2 = 1 - MathF.Pow(Beta2, _step);
        for (int p = 0; p < parameters.Count; p++)
        {
            Parameter parameter = parameters[p];
            if (parameter.Gradient is not { } gradient) continue;
            float kept = parameter.IsBias ? 1 : 1 - learningRate * weightDecay;
            var update = new Update(gradientScale, learningRate / correction1, 1 / MathF.Sqrt(correction2), kept);
            fixed (float* first = _first[p], second = _second[p])
            {
                float* value = parameter.Value.Pointer(), g = gradient.Pointer();
                if (parameter.TouchedRows is not { } rows)
                {
                    Apply(update, value, g, first, second, _first[p].Length);
                    continue;
                }
                int width = (int)parameter.Value.shape[1];
                for (int i = 0; i < rows.Length; i++)
                {
                    long at = (long)rows[i] * width;
                    Apply(update, value + at, g + (long)i * width, first + at, second + at, width);
                }
            }
        }
    }

    /// <summary>The state of the optimizer, for a checkpoint.</summary>
    public (int Step, float[][] First, float[][] Second) State => (_step, _first, _second);

    /// <summary>Restores the state from a checkpoint.</summary>
    public void Restore(int step, float[][] first, float[][] second)
    {
        _step = step;
        for (int p = 0; p < parameters.Count; p++)
        {
            first[p].CopyTo(_first[p], 0);
            second[p].CopyTo(_second[p], 0);
        }
    }

    private readonly record struct Update(float GradientScale, float Rate, float SecondScale, float Kept);

    private static void Apply(Update update, float* value, float* gradient, float* first, float* second, int count)
    {
        int whole = count - count % Simd.Width;
        for (int j = 0; j < whole; j += Simd.Width) Apply(update, value + j, gradient + j, first + j, second + j);
        if (whole == count) return;
        float* part = stackalloc float[4 * Simd.Width];
        float*[] arrays = [value, gradient, first, second];
        for (int a = 0; a < arrays.Length; a++) Simd.Store(Simd.Load(arrays[a] + whole, count - whole), part + a * Simd.Width, Simd.Width);
        Apply(update, part, part + Simd.Width, part + 2 * Simd.Width, part + 3 * Simd.Width);
        for (int a = 0; a < arrays.Length; a++) Simd.Store(Vector512.Load(part + a * Simd.Width), arrays[a] + whole, count - whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(Update update, float* value, float* gradient, float* first, float* second)
    {
        Vector512<float> g = Vector512.Load(gradient) * update.GradientScale;
        Vector512<float> m = Vector512.Load(first) * Beta1 + g * (1 - Beta1);
        Vector512<float> v = Vector512.Load(second) * Beta2 + g * g * (1 - Beta2);
        m.Store(first);
        v.Store(second);
        Vector512<float> change = m * update.Rate / (Vector512.Sqrt(v) * update.SecondScale + Vector512.Create(Epsilon));
        (Vector512.Load(value) * update.Kept - change).Store(value);
    }
}
