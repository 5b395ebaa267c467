using Microsoft.ML;

namespace MlNetRnn.Samples.Serving;

/// <summary>What is told of a model.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Labels">Its classes or tags in their order; <see langword="null"/> where it says a number.</param>
internal sealed record ModelCard(string Name, IReadOnlyList<string>? Labels)
{
    /// <summary>The SHA-256 of its file.</summary>
    public string Version { get; init; } = "";

    /// <summary>Since when it is at work.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>So much of the version tells models apart.</summary>
    public string ShortVersion => Version[..12];

    /// <summary>The steps of a model one by one, chains within chains opened.</summary>
    public static IEnumerable<ITransformer> Steps(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Steps) : [model];

    /// <summary>The networks of this library in a model, in a line.</summary>
    public static string NameOf(ITransformer model) => string.Join(", ", Steps(model).OfType<RnnTransformer>()) is { Length: > 0 } name ? name : model.ToString() ?? "";
}
