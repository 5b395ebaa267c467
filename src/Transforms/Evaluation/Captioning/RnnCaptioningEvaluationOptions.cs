namespace MlNetRnn;

/// <summary>How captions are compared with their references. The defaults are those of coco-caption (Chen et al., 2015).</summary>
public sealed record RnnCaptioningEvaluationOptions
{
    /// <summary>How captions and references are divided into words.</summary>
    /// <value>The default is <see cref="RnnCaptionTokenization.Coco"/>.</value>
    public RnnCaptionTokenization Tokenization { get; init; } = RnnCaptionTokenization.Coco;

    /// <exception cref="ArgumentException">One or more options are not valid.</exception>
    internal void Validate(string parameter)
    {
        string[] faults =
        [
            .. Enum.IsDefined(Tokenization) ? Array.Empty<string>() : [$"{nameof(Tokenization)}: expected Coco or None, got {Tokenization}."],
        ];
        if (faults.Length > 0) throw new ArgumentException(string.Join(" ", faults), parameter);
    }
}
