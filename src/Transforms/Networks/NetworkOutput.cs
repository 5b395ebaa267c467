namespace MlNetRnn.Networks;

/// <summary>An output of a network with values for each row.</summary>
/// <param name="Name">One of <see cref="NetworkSignature"/>.</param>
/// <param name="Extent">Whether the values belong to rows or to steps.</param>
/// <param name="NumbersPerStep">The approximate number of values per step, for values of steps. It limits how many rows run together.</param>
internal readonly record struct NetworkOutput(string Name, OutputExtent Extent = OutputExtent.Row, int NumbersPerStep = 0);
