namespace MlNetRnn.Columns;

/// <summary>The outcome of reading a sequence.</summary>
internal enum ReadOutcome
{
    Whole,

    /// <summary>The sequence was truncated to the maximum length.</summary>
    Cut,

    /// <summary>The last frame was incomplete and was filled with missing values.</summary>
    IncompleteFrame,
}
