using MlNetRnn.Quantization;

namespace MlNetRnn;

/// <summary>Makes a trained network smaller and faster to score.</summary>
public static class RnnQuantizationExtensions
{
    /// <summary>
    /// The same model with 8-bit weights where ONNX Runtime computes with such. <c>mlContext.Model.Quantize</c> does the same with a whole chain of transformers,
    /// and tells what it saves and costs.
    /// </summary>
    /// <param name="model">The model. It stays as it is.</param>
    /// <exception cref="ArgumentException">It is quantised already.</exception>
    /// <exception cref="InvalidOperationException">Nothing in the network can have 8 bits; the message says why.</exception>
    public static RnnTransformer Quantize(this RnnTransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelQuantization().Quantize(model);
    }
}
