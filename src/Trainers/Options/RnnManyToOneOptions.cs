using System.ComponentModel.DataAnnotations;
using System.Text.Json;
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
        [.. OwnOutputs, (nameof(AttentionColumnName), AttentionColumnName)];

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
