using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How a text column is cut into the tokens of a sequence.</summary>
/// <remarks>A column of type <c>Vector&lt;String&gt;</c> holds tokens already and is never cut again.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<RnnTokenization>))]
public enum RnnTokenization
{
    /// <summary>
    /// Words and punctuation: a run of letters, digits and the marks that belong to them is one token (inner apostrophes and
    /// hyphens included, as in <c>don't</c> and <c>e-mail</c>), every other visible character is a token by itself, an emoji or a flag with all that belongs to it
    /// too. White space and the zero-width space separate tokens; soft hyphens, word joiners and other invisible format characters are left out.
    /// Scripts that are written without spaces (Chinese, Japanese, Thai …) give one token a character.
    /// </summary>
    Word,

    /// <summary>What lies between white space is a token: for text that is tokenised already.</summary>
    Whitespace,

    /// <summary>Every Unicode character (code point), white space included, is a token.</summary>
    Character,
}
