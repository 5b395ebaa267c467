using Microsoft.ML;

namespace MlNetRnn.Samples.Serving;

/// <summary>The description of a model.</summary>
/// <param name="Name">The name.</param>
/// <param name="Labels">Its classes or tags in their order; <see langword="null"/> if it predicts a number.</param>
internal sealed record ModelCard(string Name, IReadOnlyList<string>? Labels)
{
    /// <summary>The source languages of a translation model; <see langword="null"/> for other models.</summary>
    public IReadOnlyList<string>? SourceLanguages { get; init; }

    /// <summary>The languages that a translation model translates to; <see langword="null"/> for other models.</summary>
    public IReadOnlyList<string>? TargetLanguages { get; init; }

    /// <summary>The number of images that the page offers for a captioning model; <see langword="null"/> for other models.</summary>
    public int? Examples { get; init; }

    /// <summary>The SHA-256 of its file.</summary>
    public string Version { get; init; } = "";

    /// <summary>The time when it was loaded.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The beginning of the version, which is enough to distinguish models.</summary>
    public string ShortVersion => Version[..12];

    /// <summary>Returns the transformers of a model, with nested chains flattened.</summary>
    public static IEnumerable<ITransformer> Steps(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Steps) : [model];

    /// <summary>Returns the names of this library's networks in a model, in one line.</summary>
    public static string NameOf(ITransformer model) =>
        string.Join(", ", Steps(model).OfType<RnnTransformer>()) is { Length: > 0 } name ? name : model.ToString() ?? "";
}
