namespace MlNetRnn;

/// <summary>Why the generation of a text ended.</summary>
public enum RnnGenerationEnd
{
    /// <summary>The model ended the document.</summary>
    DocumentEnd,

    /// <summary>The text has the maximum number of symbols.</summary>
    MaximumLength,

    /// <summary>The text reached a stop sequence.</summary>
    StopSequence,

    /// <summary>Every symbol was forbidden.</summary>
    NothingAllowed,
}
