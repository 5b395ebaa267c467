using System.CommandLine;
using System.Globalization;

namespace MlNetRnn.Samples.Grid;

/// <summary>The options of the command `train`. The defaults are those of the library.</summary>
internal sealed class TrainSettings
{
    private static readonly RnnGridNetworkOptions Defaults = new();

    private readonly Option<FileInfo?> _images = new("--images") { Description = "Images in the IDX format of MNIST, which may be compressed with gzip." };

    private readonly Option<FileInfo?> _labels = new("--labels") { Description = "Their labels in the IDX format." };

    private readonly Option<FileInfo?> _testImages = new("--test-images") { Description = "Images to measure the model on. Default: a tenth of the images." };

    private readonly Option<FileInfo?> _testLabels = new("--test-labels") { Description = "Their labels." };

    private readonly Option<DirectoryInfo?> _folder = new("--folder")
    {
        Description = "A folder with a subfolder of images for each class, instead of --images.",
    };

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Height and width to which images of --folder are resized, such as 32x32. Default: each image keeps its size.",
    };

    private readonly Option<string> _layer = new("--layer")
    {
        Description = "multidimensional: scans from the corners; renet: rows in both directions, then columns.",
        DefaultValueFactory = _ => Name(Defaults.Layer),
    };

    private readonly Option<string> _cell = new("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => Name(Defaults.Cell) };

    private readonly Option<int> _hidden = new("--hidden")
    {
        Description = "Size of the state of one direction.",
        DefaultValueFactory = _ => Defaults.HiddenSize,
    };

    private readonly Option<int> _layers = new("--layers") { Description = "Number of layers.", DefaultValueFactory = _ => Defaults.Layers };

    private readonly Option<int> _directions = new("--directions")
    {
        Description = "Number of corners where scans start: 1, 2 or 4.",
        DefaultValueFactory = _ => Defaults.Directions,
    };

    private readonly Option<string> _patch = new("--patch")
    {
        Description = "Height and width of the patches of pixels that the first layer reads.",
        DefaultValueFactory = _ => $"{Defaults.PatchHeight}x{Defaults.PatchWidth}",
    };

    private readonly Option<int> _subsampling = new("--subsampling")
    {
        Description = "Height and width of the patches of states that each following layer reads.",
        DefaultValueFactory = _ => Defaults.Subsampling,
    };

    private readonly Option<float> _dropout = new("--dropout") { Description = "Probability of dropout.", DefaultValueFactory = _ => Defaults.Dropout };

    private readonly TrainingSettings _training = new(new RnnTrainingOptions(), "Number of images per step.", "images");

    public Option<FileInfo?> Model { get; } = new("--model")
    {
        Description = "The file for the model, which ML.Model.Load and `predict` load. Default: the model is not saved.",
    };

    public Command Command(Func<ParseResult, int> run)
    {
        _layer.AcceptOnlyFromAmong([.. Enum.GetValues<RnnGridLayer>().Select(Name)]);
        _cell.AcceptOnlyFromAmong([.. Enum.GetValues<RnnGridCell>().Select(Name)]);
        var command = new Command("train", "Trains a classifier on your own images, measures it, and saves it.");
        Option[] options =
        [
            _images, _labels, _testImages, _testLabels, _folder, _size, _layer, _cell, _hidden, _layers, _directions, _patch, _subsampling, _dropout,
            .. _training.All, Model,
        ];
        foreach (Option option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    public int Seed(ParseResult result) => _training.Seed(result);

    /// <summary>Reads the images for training, and those to measure on; null if the latter are a tenth of the former.</summary>
    /// <exception cref="FileException">Files or options do not fit together.</exception>
    public (GrayImage[] Train, GrayImage[]? Test) Images(ParseResult result)
    {
        (FileInfo? images, FileInfo? labels, DirectoryInfo? folder) = (result.GetValue(_images), result.GetValue(_labels), result.GetValue(_folder));
        (FileInfo? testImages, FileInfo? testLabels) = (result.GetValue(_testImages), result.GetValue(_testLabels));
        if (images is null != labels is null) throw new FileException("--images, --labels: expected both, got one of them.");
        if (testImages is null != testLabels is null) throw new FileException("--test-images, --test-labels: expected both, got one of them.");
        if (images is null == folder is null) throw new FileException("expected --images and --labels, or --folder, got both or neither.");
        if (folder is not null && testImages is not null) throw new FileException("--test-images: expected none with --folder, got a file.");
        if (folder is null && result.GetValue(_size) is not null) throw new FileException("--size: expected none without --folder, got a size.");
        return folder is not null
            ? (ImageSets.FromFolder(folder, result.GetValue(_size) is { } size ? ImageSets.Allowed(Pair("--size", size)) : null), null)
            : (ImageSets.FromIdx(images!, labels!), testImages is null ? null : ImageSets.FromIdx(testImages, testLabels!));
    }

    /// <summary>Returns the options of the trainer, without validation data.</summary>
    /// <exception cref="FileException">A value is not possible.</exception>
    public RnnGridClassificationOptions Of(ParseResult result)
    {
        (int patchHeight, int patchWidth) = Pair("--patch", result.GetRequiredValue(_patch));
        return new RnnGridClassificationOptions
        {
            InputColumnName = nameof(ImageRow.Pixels),
            Network = new RnnGridNetworkOptions
            {
                Layer = Enum.Parse<RnnGridLayer>(result.GetRequiredValue(_layer), ignoreCase: true),
                Cell = Enum.Parse<RnnGridCell>(result.GetRequiredValue(_cell), ignoreCase: true),
                HiddenSize = result.GetValue(_hidden),
                Layers = result.GetValue(_layers),
                Directions = result.GetValue(_directions),
                PatchHeight = patchHeight,
                PatchWidth = patchWidth,
                Subsampling = result.GetValue(_subsampling),
                Dropout = result.GetValue(_dropout),
            },
            Training = _training.Of(result),
        };
    }

    private static (int, int) Pair(string option, string text) =>
        text.Split('x', 'X') is [var height, var width] && Number(height) is { } h && Number(width) is { } w
            ? (h, w)
            : throw new FileException($"{option}: expected height and width as in 32x32, got '{text}'.");

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : null;

    private static string Name<T>(T value) where T : Enum => value.ToString().ToLowerInvariant();
}
