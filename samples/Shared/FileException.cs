namespace MlNetRnn.Samples;

/// <summary>An error in a file or an option of the user; the message names it, and says what to do.</summary>
internal sealed class FileException(string message) : Exception(message);
