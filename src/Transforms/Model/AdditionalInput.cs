using MlNetRnn.Columns;

namespace MlNetRnn.Model;

/// <summary>An additional input column of a model, with a value for each step of the main column.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Reading">How the values of the column become steps.</param>
internal sealed record AdditionalInput(string Column, SequenceReading Reading);
