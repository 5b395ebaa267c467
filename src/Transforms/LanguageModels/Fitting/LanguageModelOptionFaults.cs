using MlNetRnn.Columns;

namespace MlNetRnn.LanguageModels;

/// <summary>Errors of the options that all trainers of language models have.</summary>
internal static class LanguageModelOptionFaults
{
    /// <summary>Returns an error for each column name that is given twice, and for a vocabulary that is too small for its units.</summary>
    /// <param name="input">The name of the input column.</param>
    /// <param name="columns">The names of the output columns.</param>
    /// <param name="unit">The unit of a text.</param>
    /// <param name="maximumVocabularySize">The maximum number of units; null for the default.</param>
    public static IEnumerable<string> Of(string? input, LanguageModelColumns columns, RnnLanguageUnit unit, int? maximumVocabularySize)
    {
        foreach (string fault in RepeatedNames.Faults(
            [
                ("LogProbabilityColumnName", columns.LogProbability), ("PerplexityColumnName", columns.Perplexity),
                ("SymbolsColumnName", columns.Symbols), ("SymbolLogProbabilitiesColumnName", columns.SymbolLogProbabilities),
            ],
            [("InputColumnName", input)]))
            yield return fault;
        if (unit == RnnLanguageUnit.Subword && maximumVocabularySize is >= 1 and < 256)
            yield return $"MaximumVocabularySize: expected 256 or more when Unit is Subword, got {maximumVocabularySize}: each byte is a symbol";
    }
}
