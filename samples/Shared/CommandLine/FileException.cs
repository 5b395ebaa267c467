namespace MlNetRnn.Samples;

/// <summary>An error in a file or an option of the user; the message contains its name and a remedy.</summary>
public sealed class FileException(string message) : Exception(message);
