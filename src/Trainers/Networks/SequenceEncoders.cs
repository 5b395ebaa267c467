using MlNetRnn.Modules;

namespace MlNetRnn.Networks;

/// <summary>Creates the encoder that the options describe: a stack of recurrent layers, layers over grids, a window, or a bag.</summary>
internal static class SequenceEncoders
{
    /// <summary>Returns whether the layers divide their work among the threads, so that libtorch needs no additional ones.</summary>
    public static bool RunsOnOwnThreads(RnnEncoderOptions options) =>
        options.Grid is not null || options is not RnnLanguageNetworkOptions { Window: > 0 } && RecurrentCells.Find(options) is not null;

    public static SequenceEncoder Create(ParameterSet parameters, RnnEncoderOptions options, int inputs, int threads) =>
        options.Grid is not null ? new GridEncoder(parameters, options, inputs, threads)
        : options is RnnLanguageNetworkOptions { Window: > 0 } windowed ? new WindowEncoder(parameters, windowed, inputs)
        : RecurrentCells.Find(options) is { } cell ? new RecurrentStack(parameters, options, cell, inputs, threads)
        : new BagEncoder(options, inputs);
}
