namespace MlNetRnn.LoadTest;

/// <summary>The outcome of a part.</summary>
/// <param name="Name">The name of the part.</param>
/// <param name="Failed">Descriptions of failed requests.</param>
/// <param name="Wrong">Descriptions of answers that differ from the offline prediction.</param>
/// <param name="MegaBytesBefore">The memory of the service at the start.</param>
/// <param name="MegaBytesAfter">The memory of the service at the end.</param>
internal sealed record Outcome(
    string Name, IReadOnlyCollection<string> Failed, IReadOnlyCollection<string> Wrong, double MegaBytesBefore, double MegaBytesAfter);
