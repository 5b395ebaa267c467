using System.ComponentModel.DataAnnotations;
using Sweep = Microsoft.ML.SearchSpace;

namespace MlNetRnn;

/// <summary>What every trainer can be told that says one thing of a whole sequence (many-to-one; lecture row L3).</summary>
public abstract record RnnManyToOneOptions : RnnSequenceOptions
{
    private protected RnnManyToOneOptions()
    {
    }

    /// <summary>
    /// The column that receives the weight of each step of the sequence in <see cref="RnnPooling.Attention"/> (<c>Vector&lt;Single&gt;</c>, of
    /// sum 1): which words decided.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no such column.</value>
    public string? AttentionColumnName { get; init; }

    /// <summary>The network.</summary>
    /// <value>The default is a new <see cref="RnnNetworkOptions"/>.</value>
    [Required]
    [Sweep.NestOption]
    public RnnNetworkOptions Network { get; init; } = new();

    internal sealed override RnnEncoderOptions Encoder => Network;

    internal sealed override RnnEncoderOptions DefaultEncoder => new RnnNetworkOptions();

    /// <summary>The options that name output columns, besides those of every trainer of this kind.</summary>
    private protected virtual IEnumerable<(string Option, string? Column)> OwnOutputs => [];

    /// <summary>What is wrong besides, in words.</summary>
    private protected virtual IEnumerable<string> OwnFaults => [];

    private protected sealed override IEnumerable<(string Option, string? Column)> AdditionalOutputs => [.. OwnOutputs, (nameof(AttentionColumnName), AttentionColumnName)];

    private protected sealed override IEnumerable<string> AdditionalFaults
    {
        get
        {
            if (Network is null) yield break;         // told of already
            if (AttentionColumnName is not null && Network.Pooling != RnnPooling.Attention)
                yield return $"{nameof(AttentionColumnName)}: expected null where Network.Pooling is {Network.Pooling}, got '{AttentionColumnName}': only Attention has weights";
            foreach (string fault in OwnFaults) yield return fault;
        }
    }

    internal sealed override RnnSequenceOptions TakeNetwork(RnnSequenceOptions trained) =>
        this with { Network = ((RnnManyToOneOptions)trained).Network, Text = trained.Text, FrameSize = trained.FrameSize };
}
