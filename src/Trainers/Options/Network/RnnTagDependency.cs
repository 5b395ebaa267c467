using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>How the tagger models dependencies between adjacent tags.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnTagDependency>))]
public enum RnnTagDependency
{
    /// <summary><see cref="Crf"/> if the tags mark spans (IOB1, IOB2, IOBES); <see cref="None"/> otherwise. The default.</summary>
    Auto,

    /// <summary>
    /// No learned dependency. The tagger predicts the most probable tag of each step. If the tags mark spans and
    /// <see cref="RnnTaggingNetworkOptions.KeepSpanRules"/> is set, it predicts the most probable sequence that keeps the span rules.
    /// </summary>
    None,

    /// <summary>
    /// Linear-chain conditional random field (Lafferty et al., 2001; Huang et al., 2015). The network learns a score for each transition between tags, and the
    /// tagger predicts the most probable sequence as a whole.
    /// </summary>
    Crf,

    /// <summary>
    /// k-th order autoregressive network: the last k tags (<see cref="RnnTaggingNetworkOptions.PreviousTags"/>) are an input of the next step. Decoded by beam
    /// search.
    /// </summary>
    PreviousTags,
}
