using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.LanguageModels;

namespace MlNetRnn.Fitting;

/// <summary>The messages about the pairs of a translation model in the log of ML.NET.</summary>
internal sealed class PairReport(IChannel channel, RnnTranslationOptions options)
{
    /// <summary>Writes the numbers of pairs and symbols, and what was left out.</summary>
    /// <exception cref="InvalidOperationException">There is nothing to train on.</exception>
    public void Write(PairData data, PairVocabularies vocabularies, PairReader training, PairReader? validation)
    {
        WriteFaults("training data", training);
        if (validation is not null) WriteFaults("validation set", validation);
        if (data.TrainingPairs.Length == 0) throw Nothing("training data", training);
        if (validation is { Count: 0 }) throw Nothing("validation set", validation);
        string sources = vocabularies.Source is { } codec ? FormattableString.Invariant($"{codec.Count} source symbols") : "frames";
        channel.Info(MessageSensitivity.None, FormattableString.Invariant(
            $"training on {data.TrainingPairs.Length} pairs, selecting the best epoch on {data.ValidationPairs.Length}; ")
            + FormattableString.Invariant($"the vocabulary has {sources} and {vocabularies.Target.Count} target symbols"));
        if (vocabularies.TargetLanguages.Count > 0)
            channel.Info(MessageSensitivity.None,
                $"languages: from {string.Join(", ", vocabularies.SourceLanguages)} to {string.Join(", ", vocabularies.TargetLanguages)}");
        SymbolWarnings.Write(channel, vocabularies.Target, vocabularies.CountError);
        if (data.ValidationPairs.Length == 0 && options.Training.ValidationFraction > 0)
            channel.Warning(MessageSensitivity.None,
                "training data: too few pairs to hold some out, so that the last epoch is kept. Give a ValidationSet.");
    }

    private void WriteFaults(string what, PairReader reader)
    {
        Warn(reader.Empty, "pairs with an empty source or target were left out");
        Warn(reader.TooLong, $"pairs whose target has more than {options.MaximumLength} symbols (MaximumLength) were left out");
        Warn(reader.Truncated, $"sources of more than {options.MaximumLength} steps (MaximumLength) were truncated");

        void Warn(int count, string text)
        {
            if (count > 0) channel.Warning(MessageSensitivity.None, FormattableString.Invariant($"{what}: {count} of {reader.Rows} {text}"));
        }
    }

    private InvalidOperationException Nothing(string what, PairReader reader) => new(
        $"The {what}: expected at least one pair with a source in column '{options.SourceColumnName}' and a target in column '{options.TargetColumnName}', got "
        + $"none ({reader.Rows} rows, {reader.Empty} with an empty side, {reader.TooLong} with a target of more than {options.MaximumLength} symbols). "
        + "Check the data and the names of the columns.");
}
