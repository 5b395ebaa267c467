using System.Runtime.Intrinsics;

namespace MlNetRnn.Kernels;

/// <summary>The logarithm of softmax: x − ln Σ eˣ.</summary>
internal static unsafe class LogSoftmax
{
    /// <summary>Computes log-probabilities. A number that is not finite makes all of them NaN, except −∞, whose probability is 0.</summary>
    /// <param name="logits">The numbers, followed by −∞ up to a multiple of <see cref="Simd.Width"/>.</param>
    /// <param name="logProbabilities">Receives as many numbers as it has room for.</param>
    public static void Compute(ReadOnlySpan<float> logits, Span<float> logProbabilities)
    {
        if (logits.Length % Simd.Width != 0 || logProbabilities.Length > logits.Length)
            throw new ArgumentException(
                $"Logits: expected a multiple of {Simd.Width} numbers, at least {logProbabilities.Length}, got {logits.Length}.", nameof(logits));
        fixed (float* x = logits, y = logProbabilities)
        {
            Vector512<float> greatest = Vector512.Create(float.NegativeInfinity), sums = Vector512<float>.Zero;
            for (int i = 0; i < logits.Length; i += Simd.Width) greatest = Vector512.Max(greatest, Vector512.Load(x + i));
            float shift = float.NegativeInfinity;
            for (int lane = 0; lane < Simd.Width; lane++) shift = Math.Max(shift, greatest[lane]);
            for (int i = 0; i < logits.Length; i += Simd.Width) sums += Simd.Exp(Vector512.Load(x + i) - Vector512.Create(shift));
            float subtracted = shift + MathF.Log(Vector512.Sum(sums));
            for (int i = 0; i < logProbabilities.Length; i += Simd.Width)
            {
                int n = logProbabilities.Length - i;
                Simd.Store(Vector512.Load(x + i) - Vector512.Create(subtracted), y + i, n);
            }
        }
    }
}
