using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using MlNetRnn.Tasks;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>Options shared by the trainers that make one prediction per sequence.</summary>
public abstract record RnnManyToOneOptions : RnnSequenceOptions
{
    private protected RnnManyToOneOptions()
    {
    }

    /// <summary>
    /// Name of the output column for the attention weight of each step (<c>Vector&lt;Single&gt;</c> with sum 1), which shows the words that influenced the
    /// prediction. Requires <see cref="RnnPooling.Attention"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the column is not created.</value>
    public string? AttentionColumnName { get; init; }

    /// <summary>
    /// Name of the output columns for the n-grams that influenced the prediction, from the most influential to the least. The suffixes ".Text" and ".Score" are
    /// appended to the name (<c>Vector&lt;String&gt;</c>, <c>Vector&lt;Single&gt;</c>). A score is what the n-gram adds to the logit of the predicted class,
    /// compared with the mean of all classes; to the logit of the class true; or to the predicted number. With ordinal classes, a positive score speaks for a
    /// higher class. Requires the wide path (<see cref="RnnNetworkOptions.NGramLength"/>), whose share of the prediction the columns describe.
    /// </summary>
    /// <value>The default is <see langword="null"/>: the columns are not created.</value>
    public string? NGramsColumnName { get; init; }

    /// <summary>Options for the network.</summary>
    /// <value>The default is a new <see cref="RnnNetworkOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnNetworkOptions Network { get; init; } = new();

    internal sealed override RnnEncoderOptions Encoder => Network;

    internal sealed override RnnEncoderOptions DefaultEncoder => Grid is null ? new RnnNetworkOptions() : new RnnGridNetworkOptions().ToPooled();

    /// <summary>Options that name output columns, other than the options of this type and its base type.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> OwnOutputs => [];

    /// <summary>Validation errors of the derived type.</summary>
    private protected virtual IEnumerable<string> OwnFaults => [];

    private protected sealed override IEnumerable<(string Option, string? Column)> AdditionalOutputs =>
    [
        .. OwnOutputs, (nameof(AttentionColumnName), AttentionColumnName),
        .. NGramsColumnName is null ? [] : NGramColumns.Names(NGramsColumnName).Select(name => (nameof(NGramsColumnName), (string?)name)),
    ];

    private protected sealed override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Network is null) yield break;         // already reported
            if (AttentionColumnName is not null && Network.Pooling != RnnPooling.Attention)
            {
                yield return $"{nameof(AttentionColumnName)}: expected null when Network.Pooling is {Network.Pooling}, got '{AttentionColumnName}': "
                    + "only Attention has weights";
            }
            if (NGramsColumnName is not null && (Network.NGramLength == 0 || FrameSize > 0))
                yield return $"{nameof(NGramsColumnName)}: expected null without n-grams of words (Network.NGramLength, FrameSize), got '{NGramsColumnName}'";
            foreach (string fault in OwnFaults) yield return fault;
        }
    }

    internal sealed override RnnSequenceOptions WithoutLaterParts(JsonElement saved) =>
        saved.GetProperty(nameof(Network)).TryGetProperty(nameof(RnnNetworkOptions.NGramLength), out _)
            ? this
            : this with { Network = Network with { NGramLength = 0 } };

    internal sealed override RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained) =>
        this with { Network = ((RnnManyToOneOptions)trained).Network, Text = trained.Text, FrameSize = trained.FrameSize };
}
