namespace MlNetRnn.Evaluation;

/// <summary>The n-grams of 1 to 4 tokens of a text. Tokens are numbers, so that an n-gram is compared by four integers; missing ones are −1.</summary>
internal static class TokenNGrams
{
    /// <summary>Returns the number of each token. A token that has none yet gets the next number.</summary>
    public static int[] Number(string[] tokens, Dictionary<string, int> numbers) => Array.ConvertAll(tokens, token =>
    {
        if (!numbers.TryGetValue(token, out int number)) numbers[token] = number = numbers.Count;
        return number;
    });

    /// <summary>Returns how often each n-gram of an order occurs.</summary>
    public static Dictionary<(int, int, int, int), int> Count(int[] tokens, int order)
    {
        var counts = new Dictionary<(int, int, int, int), int>();
        for (int i = 0; i + order <= tokens.Length; i++)
        {
            var gram = (tokens[i], At(1), At(2), At(3));
            counts[gram] = counts.GetValueOrDefault(gram) + 1;

            int At(int offset) => offset < order ? tokens[i + offset] : -1;
        }
        return counts;
    }
}
