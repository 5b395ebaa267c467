using MlNetRnn.Kernels;

namespace MlNetRnn.Modules;

/// <summary>What the first layer of a decoder is built from.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Symbol">E, the size of the vector of a symbol.</param>
/// <param name="Hidden">H, the size of a state.</param>
/// <param name="Source">C, the size of a source state.</param>
/// <param name="WeightDropout">The probability of dropping a weight of the recurrence.</param>
/// <param name="Threads">The number of threads that a step may use.</param>
/// <param name="Buffers">Working memory.</param>
internal sealed record DecoderSize(RecurrentCell Cell, int Symbol, int Hidden, int Source, float WeightDropout, int Threads, BufferPool Buffers)
{
    /// <summary>Creates the recurrent layer.</summary>
    /// <param name="parameters">Receives the weights.</param>
    public RecurrentLayer CreateLayer(ParameterSet parameters) =>
        new(parameters, "recurrent.0", Cell, new LayerSize(Symbol, Hidden, 1), WeightDropout, Threads, Buffers);
}
