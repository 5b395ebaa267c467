using Microsoft.ML.Runtime;

namespace MlNetRnn.Fitting;

/// <summary>The messages about the symbols of a language model in the log of ML.NET.</summary>
internal sealed class SymbolReport(IChannel channel, RnnLanguageModelOptions options)
{
    /// <summary>Writes the numbers of symbols, and advice where the data does not fit the options.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to train on.</exception>
    public void Write(SymbolData data, string input)
    {
        if (data.Training is null)
            throw new InvalidOperationException(
                $"The training data: expected at least one row in the column '{input}', got none. Check the data and ValidationFraction.");
        if (data.Validation is null && options.Training.ValidationSet is not null)
            throw new InvalidOperationException(
                $"The validation set: expected at least one row in the column '{input}', got none. Check the data, or set ValidationFraction instead.");
        (long training, int units) = (data.Training.Predictions, data.Codec.Count);
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"training on {training} symbols, selecting the best epoch on {data.Validation?.Predictions ?? 0}; the vocabulary has {units} symbols"));
        if (data.CountError > 0)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"training data: too many distinct units to count all of them exactly; counts may be too low by {data.CountError}"));
        if (data.Validation is null && options.Training.ValidationFraction > 0)
            channel.Warning(MessageSensitivity.None,
                "training data: too few rows to hold some out, so that the last epoch is kept. "
                + $"Set {nameof(options.JoinRows)} to hold out the last part of the text, or give a ValidationSet.");
        if (units <= 3)
            channel.Warning(MessageSensitivity.None, FormattableString.Invariant(
                $"training data: expected at least two distinct units, got {units - 2}; the model will always predict the same. Check the input column."));
    }
}
