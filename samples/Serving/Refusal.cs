namespace MlNetRnn.Samples.Serving;

/// <summary>An error in a request; the message states what was expected and what was received.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">The message.</param>
internal sealed class Refusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    /// <summary>The number of seconds after which the client may try again.</summary>
    public int? RetryAfter { get; init; }
}
