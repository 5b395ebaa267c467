namespace MlNetRnn.Modules;

/// <summary>Creates the encoder that the options describe: a stack of recurrent layers, or a bag.</summary>
internal static class SequenceEncoders
{
    /// <summary>Returns whether two directions run on one thread each, so that libtorch needs no additional threads.</summary>
    public static bool RunsDirectionsAtOnce(RnnEncoderOptions options) => options.Bidirectional && RecurrentCells.Find(options) is not null;

    public static SequenceEncoder Create(ParameterSet parameters, RnnEncoderOptions options, int inputs, int threads) =>
        RecurrentCells.Find(options) is { } cell ? new RecurrentStack(parameters, options, cell, inputs, threads) : new BagEncoder(options, inputs);
}
