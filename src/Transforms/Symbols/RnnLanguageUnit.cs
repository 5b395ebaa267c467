using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>The unit of a language model: what a text is divided into, and what the model predicts one after another.</summary>
/// <remarks>A column of type <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> already holds units and is never divided again.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<RnnLanguageUnit>))]
public enum RnnLanguageUnit
{
    /// <summary>
    /// Every Unicode code point, including white space. Texts are restored exactly, except code points that do not occur in the training rows and halves of
    /// surrogate pairs, which become U+FFFD.
    /// </summary>
    Character,

    /// <summary>
    /// Words and punctuation, as in <see cref="RnnTokenization.Word"/>. A generated text has a blank between words, but not before closing punctuation, not
    /// after opening punctuation and not between characters of scripts that are written without spaces. Therefore texts are not restored exactly.
    /// </summary>
    Word,

    /// <summary>Everything between white space is a unit. A generated text has one blank between units. For text that is already tokenized.</summary>
    Whitespace,

    /// <summary>
    /// Parts of words, learned from the training rows: byte-pair encoding (Sennrich et al., 2016) over the bytes of UTF-8 (Radford et al., 2019). Frequent
    /// words are one unit, rare ones several. No text is unknown, and every text is restored exactly.
    /// </summary>
    Subword,
}
