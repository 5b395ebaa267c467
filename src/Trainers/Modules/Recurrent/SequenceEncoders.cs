using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Modules;

/// <summary>The one door from the options to an encoder: a stack of recurrent layers, or none.</summary>
internal static class SequenceEncoders
{
    /// <summary>Whether two directions run on a thread each, so that libtorch needs no additional ones.</summary>
    public static bool RunsDirectionsAtOnce(RnnEncoderOptions options) => options.Bidirectional && RecurrentCells.Find(options) is not null;

    public static SequenceEncoder Create(ParameterSet parameters, RnnEncoderOptions options, int inputs, int threads) =>
        RecurrentCells.Find(options) is { } cell ? new RecurrentStack(parameters, options, cell, inputs, threads) : new BagEncoder(options, inputs);
}
