using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the characters of a token become a vector beside that of the word: what tells most of words that the training data lacks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnCharacterEncoder>))]
public enum RnnCharacterEncoder
{
    /// <summary>A bidirectional long short-term memory reads the token (Lample et al., 2016; Plank et al., 2016). The default.</summary>
    Lstm,

    /// <summary>A convolution over three characters each, and the largest value of each filter (Ma and Hovy, 2016).</summary>
    Convolution,

    /// <summary>Characters are not looked at.</summary>
    None,
}
