using System.CommandLine;

namespace MlNetRnn.Samples;

/// <summary>The options of a decoder: what it reads during training, and how it searches.</summary>
/// <param name="beam">The default width of the beam search.</param>
public sealed class DecoderSettings(int beam)
{
    private readonly Option<string> _sampling = new("--sampling")
    {
        Description = "The symbol that the decoder reads during training: the true one (teacher), more and more its own predictions (scheduled), always its "
            + "own predictions, or more and more random symbols (uniform).",
        DefaultValueFactory = _ => "teacher",
    };

    private readonly Option<int> _beam = new("--beam")
    {
        Description = "Width of the beam search, when the model is measured and later in the saved model.",
        DefaultValueFactory = _ => beam,
    };

    /// <summary>All options.</summary>
    public Option[] All => [_sampling, _beam];

    /// <summary>Refuses other values than the known ones when the command line is parsed.</summary>
    public void AcceptOnlyKnownValues() => _sampling.AcceptOnlyFromAmong("teacher", "scheduled", "always", "uniform");

    /// <summary>Returns what the decoder reads during training.</summary>
    public RnnTargetSampling Sampling(ParseResult result) => Enum.Parse<RnnTargetSampling>(result.GetRequiredValue(_sampling), ignoreCase: true);

    /// <summary>Returns how the decoder searches.</summary>
    /// <exception cref="FileException">The width of the beam is not possible.</exception>
    public RnnTranslationDecodingOptions Decoding(ParseResult result) => result.GetValue(_beam) is >= 1 and int width
        ? new RnnTranslationDecodingOptions { BeamWidth = width }
        : throw new FileException($"--beam: expected 1 or more, got {result.GetValue(_beam)}.");
}
