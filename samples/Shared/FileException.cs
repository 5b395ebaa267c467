namespace MlNetRnn.Samples;

/// <summary>A file of the user that cannot be used; the message names file and line.</summary>
internal sealed class FileException(string message) : Exception(message);
