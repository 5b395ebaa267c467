namespace MlNetRnn.Decoding;

/// <summary>Reads prompts of different lengths with a model that reads one symbol per row.</summary>
internal static class PromptReading
{
    /// <summary>Reads the prompts; see <see cref="INextSymbols.ReadPrompts"/>.</summary>
    public static void ReadOneByOne(INextSymbols model, IReadOnlyList<ReadOnlyMemory<int>> prompts)
    {
        int longest = prompts.Max(prompt => prompt.Length);
        var unused = new float[longest == 0 ? 0 : prompts.Count * model.Symbols]; // [B,V]
        // A row whose prompt has ended reads on with the others, and its state is then set back.
        var states = new byte[prompts.Count][];
        var symbols = new int[prompts.Count];
        for (int step = 0; step < longest; step++)
        {
            for (int row = 0; row < symbols.Length; row++)
            {
                int length = prompts[row].Length;
                symbols[row] = step < length ? prompts[row].Span[step] : 0;
                if (step == length) states[row] = model.Save(row);
            }
            model.Read(symbols, unused);
        }
        for (int row = 0; row < states.Length; row++)
            if (states[row] is { } state) model.Restore(row, state);
    }
}
