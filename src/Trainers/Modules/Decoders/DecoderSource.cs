using MlNetRnn.Batching;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>What a decoder reads of the source of a batch, prepared once for all steps.</summary>
/// <param name="Rows">The layout of keys and values.</param>
/// <param name="Keys">What queries are compared with, [M,A].</param>
/// <param name="Values">What attention takes the weighted mean of, [M,W].</param>
internal sealed record DecoderSource(SourceRows Rows, Tensor Keys, Tensor Values);

/// <summary>The source in a graph of a step: names of values.</summary>
/// <param name="States">The source states, [B,S,C].</param>
/// <param name="Keys">[B,S,A]</param>
/// <param name="Mask">bool [B,S]: the steps that are not padding.</param>
internal sealed record ExportedSource(string States, string Keys, string Mask);

/// <summary>The results of the first layer of a decoder in a graph of a step: names of values.</summary>
/// <param name="Output">[B,R]</param>
/// <param name="State">The state after the step.</param>
/// <param name="Weights">The weights of attention, [B,S]; null without attention.</param>
internal sealed record ExportedDecoderStep(string Output, ExportedState State, string? Weights);
