namespace MlNetRnn;

/// <summary>The number of tokens for which one tag was predicted where another tag is correct.</summary>
/// <param name="Actual">The tag in the labels.</param>
/// <param name="Predicted">The predicted tag; empty if the prediction is missing.</param>
/// <param name="Count">The number of tokens.</param>
public sealed record RnnTagConfusion(string Actual, string Predicted, long Count);
