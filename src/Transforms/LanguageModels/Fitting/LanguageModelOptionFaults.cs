namespace MlNetRnn.LanguageModels;

/// <summary>Validates the names of the columns of a language model in the options of a trainer.</summary>
internal static class LanguageModelColumnNames
{
    /// <summary>Returns an error for each name that is missing or given twice.</summary>
    /// <param name="input">The name of the input column.</param>
    /// <param name="columns">The names of the output columns.</param>
    public static IEnumerable<string> Faults(string? input, LanguageModelColumns columns)
    {
        const string Input = "InputColumnName";
        (string Option, string? Name, bool IsRequired)[] names =
        [
            (Input, input, true), ("LogProbabilityColumnName", columns.LogProbability, true), ("PerplexityColumnName", columns.Perplexity, true),
            ("SymbolsColumnName", columns.Symbols, false), ("SymbolLogProbabilitiesColumnName", columns.SymbolLogProbabilities, false),
        ];
        foreach ((string option, string? name, bool isRequired) in names)
        {
            if (isRequired && string.IsNullOrEmpty(name)) yield return $"{option}: expected a name, got {(name is null ? "null" : "''")}";
            else if (name is "") yield return $"{option}: expected a name or null, got ''";
        }
        for (int i = 0; i < names.Length; i++)
            foreach ((string other, string? name, _) in names[..i])
                if (!string.IsNullOrEmpty(name) && names[i].Name == name)
                    yield return $"{names[i].Option}: expected a name other than that of {other}, got '{name}' for both";
    }
}
