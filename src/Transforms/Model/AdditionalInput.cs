using MlNetRnn.Columns;

namespace MlNetRnn.Model;

/// <summary>An additional column of a model's input, which says something of each step of the main one.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Reading">How its values become steps.</param>
internal sealed record AdditionalInput(string Column, SequenceReading Reading);
