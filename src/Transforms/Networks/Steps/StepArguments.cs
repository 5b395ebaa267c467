namespace MlNetRnn.Networks;

/// <summary>Checks the arguments of a network that runs step by step, before any state changes.</summary>
internal static class StepArguments
{
    public static void CheckSymbols(ReadOnlySpan<int> symbols, int rows, int count)
    {
        if (symbols.Length != rows) throw new ArgumentException($"Symbols: expected one for each of {rows} rows, got {symbols.Length}.", nameof(symbols));
        CheckSymbols(symbols, count);
    }

    public static void CheckPrompts(IReadOnlyList<ReadOnlyMemory<int>> prompts, int rows, int count)
    {
        if (prompts.Count != rows) throw new ArgumentException($"Prompts: expected one for each of {rows} rows, got {prompts.Count}.", nameof(prompts));
        foreach (ReadOnlyMemory<int> prompt in prompts) CheckSymbols(prompt.Span, count);
    }

    private static void CheckSymbols(ReadOnlySpan<int> symbols, int count)
    {
        foreach (int symbol in symbols)
            if ((uint)symbol >= (uint)count)
                throw new ArgumentOutOfRangeException(nameof(symbols), symbol, $"Symbol: expected a number from 0 to {count - 1}.");
    }

    public static void CheckResult(ReadOnlySpan<float> logProbabilities, int rows, int count)
    {
        if (logProbabilities.Length != (long)rows * count)
            throw new ArgumentException(
                $"Log-probabilities: expected room for {rows} × {count} numbers, got {logProbabilities.Length}.", nameof(logProbabilities));
    }

    public static void CheckSelection(ReadOnlySpan<int> selected, int rows)
    {
        if (selected.IsEmpty) throw new ArgumentException("Selection: expected at least one row, got none.", nameof(selected));
        foreach (int row in selected) CheckRow(row, rows);
    }

    public static void CheckRow(int row, int rows)
    {
        if ((uint)row >= (uint)rows) throw new ArgumentOutOfRangeException(nameof(row), row, $"Row: expected a number from 0 to {rows - 1}.");
    }
}
