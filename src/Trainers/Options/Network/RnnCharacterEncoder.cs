using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>
/// Encoder that turns the characters of a token into a vector. The vector is appended to the word vector. It helps most with words that are not in the
/// training data.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnCharacterEncoder>))]
public enum RnnCharacterEncoder
{
    /// <summary>Bidirectional long short-term memory (Lample et al., 2016; Plank et al., 2016). The default.</summary>
    Lstm,

    /// <summary>Convolution of width 3 with max pooling over the token (Ma and Hovy, 2016).</summary>
    Convolution,

    /// <summary>No character encoder.</summary>
    None,
}
