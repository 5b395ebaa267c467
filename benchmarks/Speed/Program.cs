// Measures the ratios between several ways of doing the same work. The ways alternate in one process, so that a noisy machine affects all of them.
//   dotnet run -c Release --project benchmarks/Speed [-- --rounds 7 --threads 1 --part training]  (or --part memory, --part scoring-memory, --part peers)
using System.CommandLine;
using MlNetRnn.Benchmarks;

var rounds = new Option<int>("--rounds") { Description = "Number of times that each way is measured.", DefaultValueFactory = _ => 7 };
var threads = new Option<int>("--threads") { Description = "Number of threads for training.", DefaultValueFactory = _ => 1 };
var rows = new Option<int>("--rows") { Description = "Number of rows in an epoch of training and in a Transform.", DefaultValueFactory = _ => 10_000 };

var parts = new Option<string[]>("--part")
{
    Description = "The parts to measure. Not included by default: memory, generation-memory, scoring-memory and soak, which need a separate process; "
        + "floor (the limits of the machine); distributions (BenchmarkDotNet); peers, which needs PyTorch (benchmarks/Peers). "
        + "translation, captioning and grids use PyTorch if it is installed, and run with 1 and with 2 threads.",
    DefaultValueFactory = _ => ["training", "engine", "transform", "wide", "load", "tagging", "generation", "beam", "translation", "captioning", "grids"],
};
parts.AcceptOnlyFromAmong(
    "training", "engine", "transform", "wide", "load", "tagging", "generation", "beam", "translation", "captioning", "grids", "memory",
    "generation-memory", "scoring-memory", "soak", "floor", "distributions", "peers");
var megaBytes = new Option<int[]>("--mega-bytes") { Description = "Sizes of the loaded models in MB.", DefaultValueFactory = _ => [1, 10, 100] };
var python = new Option<string>("--python") { Description = "The Python interpreter with PyTorch.", DefaultValueFactory = _ => "/usr/bin/python3" };

var epochs = new Option<int>("--epochs") { Description = "Number of epochs of the soak test.", DefaultValueFactory = _ => 50 };
var predictions = new Option<int>("--predictions") { Description = "Number of predictions of the soak test.", DefaultValueFactory = _ => 1_000_000 };

var picture = new Option<DirectoryInfo?>("--picture") { Description = "The folder for a picture of every table." };
var tables = new Option<FileInfo?>("--tables")
{
    Description = "Measures nothing. Redraws the existing pictures of --picture from the tables of this Markdown file.",
};

var root = new RootCommand("Measures the speed of training and scoring, compared with plain libtorch and ONNX Runtime, and with other libraries.")
{
    rounds, threads, rows, parts, megaBytes, python, epochs, predictions, picture, tables,
};
root.SetAction(result =>
{
    if (result.GetValue(tables) is { } file)
    {
        if (result.GetValue(picture) is not { } folder)
            throw new ArgumentException("--tables: expected together with --picture FOLDER, got no --picture. Add it.");
        RatePicture.Redraw(folder, file);
        return 0;
    }
    Turns.Pictures = result.GetValue(picture);
    string[] chosen = result.GetRequiredValue(parts);
    // This part runs alone in its process, so that no other part affects its memory.
    if (chosen is ["memory"])
    {
        TrainingMemory.Run(tokens: 5_000_000);
        return 0;
    }
    if (chosen is ["generation-memory"])
    {
        GenerationMemory.Run();
        return 0;
    }
    var workload = new Workload(result.GetValue(rows));
    int times = result.GetValue(rounds);
    if (chosen.Contains("training")) TrainingSpeed.Run(workload, times, result.GetValue(threads));
    if (chosen.Contains("engine")) EngineSpeed.Run(workload, times);
    if (chosen.Contains("transform")) TransformSpeed.Run(workload, times);
    if (chosen.Contains("wide")) WideSpeed.Run(workload, times, result.GetValue(threads));
    if (chosen.Contains("load")) foreach (int size in result.GetRequiredValue(megaBytes)) LoadSpeed.Run(workload, times, size);
    if (chosen.Contains("tagging")) TaggingSpeed.Run(workload, times, result.GetValue(threads));
    if (chosen.Contains("generation")) GenerationSpeed.Run(times);
    if (chosen.Contains("beam")) BeamCost.Run(times, result.GetValue(picture));
    if (chosen.Contains("translation")) TranslationSpeed.Run(result.GetValue(rows), times, result.GetRequiredValue(python));
    if (chosen.Contains("captioning")) CaptioningSpeed.Run(result.GetValue(rows), times, result.GetRequiredValue(python));
    if (chosen.Contains("grids")) GridSpeed.Run(result.GetValue(rows) / 10, times, result.GetRequiredValue(python));
    if (chosen.Contains("scoring-memory")) ScoringMemory.Run(workload);
    if (chosen.Contains("floor")) Floor.Run();
    if (chosen.Contains("distributions")) Distributions.Run(isTiny: times == 1);
    if (chosen.Contains("peers")) PeerSpeed.Run(workload, times, result.GetValue(threads), result.GetRequiredValue(python));
    return !chosen.Contains("soak") || Soak.Run(workload, result.GetValue(epochs), result.GetValue(predictions)) ? 0 : 1;
});
return root.Parse(args).Invoke();
