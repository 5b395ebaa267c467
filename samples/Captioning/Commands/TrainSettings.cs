using System.CommandLine;

namespace MlNetRnn.Samples.Captioning;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings
{
    private static readonly RnnCaptioningOptions Defaults = new();

    private readonly Option<string> _attention = new("--attention")
    {
        Description = "What the decoder reads: one vector of the whole image (none); the 7 × 7 cells of the grid of the CNN (grid); --boxes, whose vectors are "
            + "means of cells (proposals); or cells that a spatial transformer moves and resizes (transformer).",
        DefaultValueFactory = _ => "grid",
    };

    private readonly Option<string> _cell = new("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => "gru" };

    private readonly Option<int> _hidden = new("--hidden")
    {
        Description = "Size of the state of the decoder, and of the vector of a region.",
        DefaultValueFactory = _ => Defaults.Network.HiddenSize,
    };

    private readonly Option<float> _dropout = new("--dropout")
    {
        Description = "Probability of dropout.",
        DefaultValueFactory = _ => Defaults.Network.Dropout,
    };

    private readonly DecoderSettings _decoder = new(Defaults.Decoding.BeamWidth);

    private readonly TrainingSettings _training = new(Defaults.Training, "Maximum number of captions per step.", "captions");

    public FileSettings Files { get; } = new();

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, from the path of an image to its caption, which ML.Model.Load and `caption` load. "
            + "Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _attention.AcceptOnlyFromAmong([.. Enum.GetNames<RegionReading>().Select(name => name.ToLowerInvariant())]);
        _cell.AcceptOnlyFromAmong([.. CellNames.Recurrent]);
        _decoder.AcceptOnlyKnownValues();
        var command = new Command("train", "Trains a model on your own images and captions, measures it, and saves it.");
        Option[] options = [.. Files.All, _attention, _cell, _hidden, _dropout, .. _decoder.All, .. _training.All, Model];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public int Seed(ParseResult result) => _training.Seed(result);

    public RegionReading Reading(ParseResult result) => Enum.Parse<RegionReading>(result.GetRequiredValue(_attention), ignoreCase: true);

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">The duration or the width of the beam is not possible.</exception>
    public RnnCaptioningOptions Of(ParseResult result)
    {
        int hidden = result.GetValue(_hidden);
        return new RnnCaptioningOptions
        {
            Sampling = _decoder.Sampling(result),
            Decoding = _decoder.Decoding(result),
            Network = new RnnCaptioningNetworkOptions
            {
                Cell = CellNames.Of(result.GetRequiredValue(_cell)),
                HiddenSize = hidden,
                RegionVectorSize = hidden,
                Dropout = result.GetValue(_dropout),
            },
            Training = _training.Of(result) with { MaximumGradientNorm = 1 },
        }.With(Reading(result));
    }
}
