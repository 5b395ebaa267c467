using MlNetRnn.Quantization;

namespace MlNetRnn;

/// <summary>Extension methods that make a trained network smaller and faster to score.</summary>
public static class RnnQuantizationExtensions
{
    /// <summary>
    /// Returns a copy of the model with 8-bit weights, for those operators that ONNX Runtime can compute with 8-bit weights. To quantize a chain of
    /// transformers, and to measure the size and accuracy of the result, use <c>mlContext.Model.Quantize</c>.
    /// </summary>
    /// <param name="model">The model. It does not change.</param>
    /// <returns>The quantized model.</returns>
    /// <exception cref="ArgumentException">The model is already quantized.</exception>
    /// <exception cref="InvalidOperationException">The network has no weights that can be quantized; the message states the reason.</exception>
    public static RnnTransformer Quantize(this RnnTransformer model) => (RnnTransformer)ModelQuantizer.Quantize(model).Model;

    /// <summary>
    /// Returns a copy of a language model with 8-bit weights, for those operators that ONNX Runtime can compute with 8-bit weights. Scoring and generation then
    /// need ONNX Runtime, also where the model with 32-bit weights generates without native code.
    /// </summary>
    /// <param name="model">A language model of a recurrent network. It does not change.</param>
    /// <returns>The quantized model.</returns>
    /// <exception cref="ArgumentException">The model is already quantized, or is not a recurrent network.</exception>
    /// <exception cref="InvalidOperationException">The network has no weights that can be quantized; the message states the reason.</exception>
    public static RnnLanguageModelTransformer Quantize(this RnnLanguageModelTransformer model) =>
        (RnnLanguageModelTransformer)ModelQuantizer.Quantize(model).Model;

    /// <summary>
    /// Returns a copy of a translation model with 8-bit weights, for those operators that ONNX Runtime can compute with 8-bit weights. Its decoder then needs
    /// ONNX Runtime, while the one with 32-bit weights runs without native code and is usually faster.
    /// </summary>
    /// <param name="model">The model. It does not change.</param>
    /// <returns>The quantized model.</returns>
    /// <exception cref="ArgumentException">The model is already quantized.</exception>
    /// <exception cref="InvalidOperationException">The decoder has no weights that can be quantized; the message states the reason.</exception>
    public static RnnTranslationTransformer Quantize(this RnnTranslationTransformer model) =>
        (RnnTranslationTransformer)ModelQuantizer.Quantize(model).Model;

    /// <summary>
    /// Returns a copy of a captioning model with 8-bit weights, for those operators that ONNX Runtime can compute with 8-bit weights. Its decoder then needs
    /// ONNX Runtime, while the one with 32-bit weights runs without native code and is usually faster.
    /// </summary>
    /// <param name="model">The model. It does not change.</param>
    /// <returns>The quantized model.</returns>
    /// <exception cref="ArgumentException">The model is already quantized.</exception>
    /// <exception cref="InvalidOperationException">The decoder has no weights that can be quantized; the message states the reason.</exception>
    public static RnnCaptioningTransformer Quantize(this RnnCaptioningTransformer model) =>
        (RnnCaptioningTransformer)ModelQuantizer.Quantize(model).Model;
}
