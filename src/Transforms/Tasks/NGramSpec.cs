namespace MlNetRnn.Tasks;

/// <summary>The n-grams of the wide path of a network whose scores are an output. Saved in the model file.</summary>
/// <param name="Length">The maximum number of tokens of an n-gram, N.</param>
/// <param name="Separator">The text between the tokens of an n-gram.</param>
internal sealed record NGramSpec(int Length, string Separator);
