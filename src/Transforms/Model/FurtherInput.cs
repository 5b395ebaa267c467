using MlNetRnn.Columns;

namespace MlNetRnn.Model;

/// <summary>A further column of a model's input, which says something of each step of the main one.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Reading">How its values become steps.</param>
internal sealed record FurtherInput(string Column, SequenceReading Reading);
