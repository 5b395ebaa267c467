using System.Runtime.Intrinsics;
using MlNetRnn.Kernels;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>Activation function φ of the Elman network: sixteen numbers at a time, as a libtorch operator, and as an ONNX name.</summary>
internal interface IActivation
{
    static abstract string OnnxName { get; }

    static abstract Vector512<float> Apply(Vector512<float> x);

    /// <summary>Computes φ'(x) from φ(x).</summary>
    static abstract Vector512<float> Slope(Vector512<float> value);

    static abstract Tensor Apply(Tensor x);
}

/// <summary>Maps <see cref="RnnActivation"/> values to Elman cells. An additional activation needs a type and one line here.</summary>
internal static class ElmanActivations
{
    public static RecurrentCell CellOf(RnnActivation activation) => ByName[activation]();

    private static readonly Dictionary<RnnActivation, Func<RecurrentCell>> ByName = new()
    {
        [RnnActivation.Tanh] = () => new ElmanCell<TanhActivation>(),
        [RnnActivation.Relu] = () => new ElmanCell<ReluActivation>(),
        [RnnActivation.Sigmoid] = () => new ElmanCell<SigmoidActivation>(),
    };
}

internal readonly struct TanhActivation : IActivation
{
    public static string OnnxName => "Tanh";

    public static Vector512<float> Apply(Vector512<float> x) => Simd.Tanh(x);

    public static Vector512<float> Slope(Vector512<float> value) => Vector512<float>.One - value * value;

    public static Tensor Apply(Tensor x) => x.tanh();
}

internal readonly struct ReluActivation : IActivation
{
    public static string OnnxName => "Relu";

    // Keeps NaN, for which the comparison is false.
    public static Vector512<float> Apply(Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

    public static Vector512<float> Slope(Vector512<float> value) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(value, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);

    public static Tensor Apply(Tensor x) => x.relu();
}

internal readonly struct SigmoidActivation : IActivation
{
    public static string OnnxName => "Sigmoid";

    public static Vector512<float> Apply(Vector512<float> x) => Simd.Sigmoid(x);

    public static Vector512<float> Slope(Vector512<float> value) => value * (Vector512<float>.One - value);

    public static Tensor Apply(Tensor x) => x.sigmoid();
}
