namespace MlNetRnn.Samples.Serving;

/// <summary>What is wrong with a request; the message says what was expected and what came.</summary>
/// <param name="status">The status of the answer.</param>
/// <param name="message">The message.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>After how many seconds it is worth trying again.</summary>
    public int? RetryAfter { get; init; }
}
