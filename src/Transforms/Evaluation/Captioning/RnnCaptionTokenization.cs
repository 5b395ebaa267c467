namespace MlNetRnn;

/// <summary>How captions and their references are divided into words before they are compared.</summary>
public enum RnnCaptionTokenization
{
    /// <summary>
    /// Nearly as coco-caption does: lower case, contractions are divided ("don't" is "do" and "n't", "man's" is "man" and "'s"), punctuation is left out.
    /// </summary>
    /// <remarks>
    /// coco-caption runs the Stanford tokenizer. The result is the same for ordinary captions. It differs for brackets, which are left out here, for
    /// abbreviations such as "st.", which keep their period there, and for web addresses.
    /// </remarks>
    Coco,

    /// <summary>Only white space divides the text: for texts that are already tokenized, and for other languages. The case of letters counts.</summary>
    None,
}
