using MlNetRnn.Batching;
using MlNetRnn.LanguageModels;
using MlNetRnn.Sequences;
using MlNetRnn.Symbols;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>The symbols of a language model for training and validation.</summary>
/// <param name="Codec">The symbols.</param>
/// <param name="Training">The training symbols.</param>
/// <param name="Validation">The validation symbols; null for none.</param>
/// <param name="RowsAreLines">Whether the rows are texts without line breaks.</param>
/// <param name="CountError">The number by which the counts of units may be too low; 0 if they are exact.</param>
internal sealed record SymbolData(SymbolCodec Codec, SymbolSet Training, SymbolSet? Validation, long CountError, bool RowsAreLines)
{
    /// <summary>
    /// Reads the rows. A share of them is held out for validation: rows at random, or the last part of a stream. The vocabulary contains the units of the
    /// training part.
    /// </summary>
    /// <param name="rows">The training rows.</param>
    /// <param name="validation">The validation rows; null to hold out a share.</param>
    /// <param name="options">The options of the trainer.</param>
    /// <param name="known">The symbols of the model that training continues from; null to learn them.</param>
    /// <param name="seed">The seed of the run.</param>
    public static SymbolData Read(SymbolRows rows, SymbolRows? validation, RnnLanguageModelOptions options, SymbolCodec? known, int seed)
    {
        List<int> lengths = rows.Lengths();
        double share = validation is null ? options.Training.ValidationFraction : 0;
        int[] kept = options.JoinRows ? KeptOfStream(lengths, share) : KeptOfRows(lengths, share, seed);
        long countError = 0;
        SymbolCodec codec = known
            ?? rows.Learn(options.Unit, (row, _) => ..kept[row], options.EffectiveMinimumCount, options.EffectiveMaximumSize, out countError);
        var (training, heldOut) = (new SymbolWriter(options.JoinRows), new SymbolWriter(options.JoinRows));
        rows.Encode(
            codec,
            (row, length) => kept[row] == length ? [Range.EndAt(length)] : [Range.EndAt(kept[row]), kept[row]..length],
            (row, part, symbols) => (part == 0 ? training : heldOut).Add(symbols, isWhole: part > 0 || kept[row] == lengths[row]));
        validation?.Encode(codec, (_, length) => [Range.EndAt(length)], (_, _, symbols) => heldOut.Add(symbols, isWhole: true));
        SymbolSet set = training.ToSet() ?? throw new InvalidOperationException(
            $"The training data: expected at least one row in the column '{options.InputColumnName}', got none. Check the data and ValidationFraction.");
        return new SymbolData(codec, set, heldOut.ToSet(), countError, rows.IsText && !rows.HasLineBreaks);
    }

    /// <summary>Returns the length of the training part of each row of a stream: the beginning of the stream. It may end within a row.</summary>
    private static int[] KeptOfStream(List<int> lengths, double share)
    {
        long limit = (long)Math.Ceiling(lengths.Sum(length => (long)length) * (1 - share)), before = 0;
        return
        [
            .. lengths.Select(length =>
            {
                int own = (int)Math.Clamp(limit - before, 0, length);
                before += length;
                return own;
            }),
        ];
    }

    /// <summary>Returns the length of the training part of each row: its length, or 0 for a row that is held out.</summary>
    private static int[] KeptOfRows(List<int> lengths, double share, int seed)
    {
        int[] kept = [.. lengths];
        foreach (int row in TrainingData.Split(kept.Length, share, new Seeds(seed).HoldOut).HeldOut) kept[row] = 0;
        return kept;
    }
}
