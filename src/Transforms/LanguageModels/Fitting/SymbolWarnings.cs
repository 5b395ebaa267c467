using Microsoft.ML.Runtime;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>Warnings about the symbols of a language model in the log of ML.NET.</summary>
internal static class SymbolWarnings
{
    /// <param name="channel">The log.</param>
    /// <param name="codec">The symbols.</param>
    /// <param name="countError">The number by which the counts of units may be too low; 0 if they are exact.</param>
    public static void Write(IChannel channel, SymbolCodec codec, long countError)
    {
        if (countError > 0)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"training data: too many distinct units to count all of them exactly; counts may be too low by {countError}"));
        int units = codec.Count - SymbolCodec.FirstUnit;
        if (units < 2)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"training data: expected at least two distinct units, got {units}; the model will always predict the same. Check the input column."));
    }
}
