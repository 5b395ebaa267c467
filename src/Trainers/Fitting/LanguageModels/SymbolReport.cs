using Microsoft.ML.Runtime;
using MlNetRnn.LanguageModels;

namespace MlNetRnn.Fitting;

/// <summary>The messages about the symbols of a language model in the log of ML.NET.</summary>
internal sealed class SymbolReport(IChannel channel, RnnLanguageModelOptions options)
{
    /// <summary>Writes the numbers of symbols, and advice where the data does not fit the options.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to train on.</exception>
    public void Write(SymbolData data, string input)
    {
        if (data.Validation is null && options.Training.ValidationSet is not null)
            throw new InvalidOperationException(
                $"The validation set: expected at least one row in the column '{input}', got none. Check the data, or set ValidationFraction instead.");
        long held = data.Validation?.Predictions ?? 0;
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"training on {data.Training.Predictions} symbols, selecting the best epoch on {held}; the vocabulary has {data.Codec.Count} symbols"));
        SymbolWarnings.Write(channel, data.Codec, data.CountError);
        if (data.Validation is null && options.Training.ValidationFraction > 0)
            channel.Warning(MessageSensitivity.None,
                "training data: too few rows to hold some out, so that the last epoch is kept. "
                + $"Set {nameof(options.JoinRows)} to hold out the last part of the text, or give a ValidationSet.");
    }
}
