namespace MlNetRnn.Decoding;

/// <summary>Why the generation of a sequence ended.</summary>
internal enum GenerationEnd
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>The model ended the document.</summary>
    DocumentEnd,

    /// <summary>The sequence has the maximum length.</summary>
    MaximumLength,

    /// <summary>The caller stopped it, for example at a stop sequence.</summary>
    Stopped,

    /// <summary>Every symbol was forbidden.</summary>
    NothingAllowed,
}
