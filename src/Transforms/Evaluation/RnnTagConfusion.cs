namespace MlNetRnn;

/// <summary>How often one tag was predicted where another was right.</summary>
/// <param name="Actual">The tag in the labels.</param>
/// <param name="Predicted">The predicted tag; empty where none was predicted.</param>
/// <param name="Count">For how many tokens.</param>
public sealed record RnnTagConfusion(string Actual, string Predicted, long Count);
