using MlNetRnn.Kernels;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>The last layer of a network with one output per sequence: it maps the pooled vector to the output.</summary>
/// <param name="parameters">Receives the weights.</param>
/// <param name="size">The size of a pooled vector, S.</param>
/// <param name="outputs">The number of scores, R.</param>
internal abstract class PooledHead(ParameterSet parameters, int size, int outputs)
{
    private readonly Linear _linear = new(parameters, "head", size, outputs);

    /// <summary>The number of scores, R.</summary>
    public int Outputs => outputs;

    /// <summary>The factor of the scores of the wide path, <see cref="WidePath.Gain"/>.</summary>
    public virtual float WideGain => 20;

    /// <summary>The wide path, whose scores are added to those of the pooled vector; null for none.</summary>
    public WidePath? Wide { get; set; }

    /// <summary>Computes the argument of the loss.</summary>
    /// <param name="pooled">The vectors of the sequences, [B,S]; null for the wide path alone.</param>
    /// <param name="wide">The scores of the wide path, [B,R]; null for the pooled vectors alone.</param>
    /// <returns>[B,R]</returns>
    public virtual Tensor Forward(Tensor? pooled, Tensor? wide) =>
        pooled is null ? wide!.Plus(_linear.Bias.On(wide!.device))
        : wide is null ? _linear.Forward(pooled)
        : _linear.Forward(pooled).Plus(wide.to(pooled.device));

    /// <summary>Multiplies the logits by a factor, which makes the probabilities more or less certain. The most probable class stays the same.</summary>
    /// <param name="factor">The factor, greater than 0.</param>
    /// <remarks>Ordinal classes whose probabilities are nearly equal can change places.</remarks>
    public virtual void Sharpen(float factor)
    {
        _linear.Scale(factor);
        Wide?.Weights.Scale(factor);
    }

    /// <summary>Writes the layer to a graph, with its outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pooled">The name of the vectors, [B,S].</param>
    public abstract void Export(OnnxGraph graph, string pooled);

    /// <summary>Writes the scores of both paths to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="pooled">The name of the vectors, [B,S].</param>
    /// <param name="unit">The name of the factor of the scores of single n-grams, if they are an output; null for 1.</param>
    /// <returns>[B,R]</returns>
    protected string ExportScores(OnnxGraph graph, string pooled, string? unit = null)
    {
        string deep = _linear.Export(graph, pooled);                                // [B,R]
        return Wide is null ? deep : graph.Node("Add", [deep, Wide.Export(graph, unit)]);
    }
}
