using System.Text.Json.Serialization;

namespace MlNetRnn;

/// <summary>What a tag has to do with the tags beside it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RnnTagDependency>))]
public enum RnnTagDependency
{
    /// <summary><see cref="Crf"/> where the tags mark spans (IOB1, IOB2, IOBES), <see cref="None"/> where they do not. The default.</summary>
    Auto,

    /// <summary>
    /// Nothing is learned of it: each step has its most probable tag; where the tags mark spans and <see cref="RnnTaggingNetworkOptions.KeepSpanRules"/> is set,
    /// the most probable sequence that keeps the rules.
    /// </summary>
    None,

    /// <summary>
    /// A linear-chain conditional random field (Lafferty et al., 2001; Huang et al., 2015): the score of each transition is learned, and the best
    /// sequence as a whole is looked for.
    /// </summary>
    Crf,

    /// <summary>
    /// The last k tags (<see cref="RnnTaggingNetworkOptions.PreviousTags"/>) feed the next step: the k-order autoregressive network (lecture row
    /// L6), decoded by beam search.
    /// </summary>
    PreviousTags,
}
