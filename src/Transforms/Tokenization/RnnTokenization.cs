using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>The way in which a column of texts is split into tokens.</summary>
/// <remarks>A column of type <c>Vector&lt;String&gt;</c> already holds tokens and is never split again.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<RnnTokenization>))]
public enum RnnTokenization
{
    /// <summary>
    /// Words and punctuation. A run of letters, digits and their combining marks is one token, including inner apostrophes and hyphens (<c>don't</c>,
    /// <c>e-mail</c>). Every other visible character is a token by itself; a character is a whole grapheme cluster, such as an emoji with its skin tone, or a
    /// flag. White space and the zero-width space separate tokens. Soft hyphens, word joiners and other invisible format characters are left out. Scripts that
    /// are written without spaces (Chinese, Japanese, Thai) give one token per character.
    /// </summary>
    Word,

    /// <summary>Everything between white space is a token. For text that is already tokenized.</summary>
    Whitespace,

    /// <summary>Every Unicode code point, including white space, is a token.</summary>
    Character,
}
