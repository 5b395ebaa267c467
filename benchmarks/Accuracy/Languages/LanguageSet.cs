namespace MlNetRnn.Accuracy.Languages;

/// <summary>A text in parts.</summary>
/// <param name="Train">The rows of the training part, which are joined into one stream.</param>
/// <param name="Validation">The rows that choose the best epoch.</param>
/// <param name="Test">The rows that the models are measured on.</param>
/// <param name="Unit">The unit that is predicted.</param>
internal sealed record LanguageSet(
    IReadOnlyList<TextOfRow> Train, IReadOnlyList<TextOfRow> Validation, IReadOnlyList<TextOfRow> Test, RnnLanguageUnit Unit)
{
    /// <summary>The orders of the n-gram models that it is compared with.</summary>
    public int[] Orders { get; init; } = [4, 6, 8];
}

/// <summary>A row.</summary>
internal sealed class TextOfRow
{
    public string Text { get; set; } = "";
}
