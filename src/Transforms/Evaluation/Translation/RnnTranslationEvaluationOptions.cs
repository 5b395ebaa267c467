namespace MlNetRnn;

/// <summary>How translations are compared with their references. The defaults are those of sacrebleu.</summary>
public sealed record RnnTranslationEvaluationOptions
{
    /// <summary>How texts are divided into tokens.</summary>
    /// <value>The default is <see cref="RnnBleuTokenization.Wmt13a"/>.</value>
    public RnnBleuTokenization Tokenization { get; init; } = RnnBleuTokenization.Wmt13a;

    /// <summary>Whether texts are compared in lower case.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool LowerCase { get; init; }

    /// <summary>What BLEU assumes for orders of n-grams without any match.</summary>
    /// <value>The default is <see cref="RnnBleuSmoothing.Exponential"/>.</value>
    public RnnBleuSmoothing Smoothing { get; init; } = RnnBleuSmoothing.Exponential;

    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    internal void Validate(string parameter)
    {
        string[] faults =
        [
            .. Enum.IsDefined(Tokenization) ? Array.Empty<string>() : [$"{nameof(Tokenization)}: expected Wmt13a or None, got {Tokenization}."],
            .. Enum.IsDefined(Smoothing) ? Array.Empty<string>() : [$"{nameof(Smoothing)}: expected Exponential, Floor, AddOne or None, got {Smoothing}."],
        ];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults), parameter);
    }
}
