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
        Func<int, int, Range> training = options.JoinRows ? Beginning(lengths, share) : Kept(lengths.Count, share, seed);
        long countError = 0;
        SymbolCodec codec = known
            ?? rows.Learn(options.Unit, training, options.EffectiveMinimumCount, options.EffectiveMaximumSize, out countError);
        var (kept, heldOut) = (new SymbolWriter(options.JoinRows), new SymbolWriter(options.JoinRows));
        rows.Encode(
            codec,
            (row, length) => training(row, length) is var part && part.Equals(..length) ? [part] : [part, new Range(part.End, length)],
            (row, part, symbols) => (part == 0 ? kept : heldOut).Add(symbols, isWhole: training(row, lengths[row]).Equals(..lengths[row]) || part > 0));
        validation?.Encode(codec, (_, length) => [Range.EndAt(length)], (_, _, symbols) => heldOut.Add(symbols, isWhole: true));
        return new SymbolData(codec, kept.ToSet()!, heldOut.ToSet(), countError, rows.IsText && !rows.HasLineBreaks);
    }

    /// <summary>The beginning of a stream of rows. A row in the middle of the limit is divided.</summary>
    private static Func<int, int, Range> Beginning(List<int> lengths, double share)
    {
        long limit = (long)Math.Ceiling(lengths.Sum(length => (long)length) * (1 - share)), before = 0;
        int[] kept = [.. lengths.Select(length =>
        {
            int own = (int)Math.Clamp(limit - before, 0, length);
            before += length;
            return own;
        })];
        return (row, _) => ..kept[row];
    }

    /// <summary>All of the rows that are not held out.</summary>
    private static Func<int, int, Range> Kept(int rows, double share, int seed)
    {
        HashSet<int> heldOut = [.. TrainingData.Split(rows, share, new Seeds(seed).HoldOut).HeldOut];
        return (row, length) => heldOut.Contains(row) ? ..0 : ..length;
    }
}
