namespace MlNetRnn;

/// <summary>The cross-entropy of a language model per unit of a text: how many nats (or bits) the model needs for a symbol, a character or a word.</summary>
public sealed class RnnCrossEntropy
{
    internal RnnCrossEntropy(long? count, double logProbability) =>
        (Count, Nats) = (count ?? 0, count is { } known ? -logProbability / known : double.NaN);

    /// <summary>The number of units, the end of each row included; 0 if it is not known.</summary>
    public long Count { get; }

    /// <summary>The mean negative natural logarithm of the probability; NaN if the number of units is 0 or not known.</summary>
    public double Nats { get; }

    /// <summary>The same in bits: nats ÷ ln 2.</summary>
    public double Bits => Nats / Math.Log(2);

    /// <summary>The perplexity: e to the power of <see cref="Nats"/>. A model that chooses among k equally probable units has the perplexity k.</summary>
    public double Perplexity => Math.Exp(Nats);

    /// <summary>Returns the numbers in one line. Independent of the culture.</summary>
    public override string ToString() => FormattableString.Invariant($"{Nats:F4} nats, {Bits:F4} bits, perplexity {Perplexity:F4}, count {Count}");
}
