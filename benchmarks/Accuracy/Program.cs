// Measures accuracy on real data sets and compares it with a linear pipeline of ML.NET on the same split. Prints one table row per model.
//   dotnet run -c Release --project benchmarks/Accuracy -- --data FOLDER --set sst2 --set ewt …
//     [--seed 1 --seed 2 --seed 3] [--threads 0] [--with Network.Cell=Gru …] [--minutes 20] [--quantize]
using System.CommandLine;
using MlNetRnn.Accuracy;
using MlNetRnn.Accuracy.Captions;
using MlNetRnn.Accuracy.Grids;
using MlNetRnn.Accuracy.Languages;
using MlNetRnn.Accuracy.Tagging;
using MlNetRnn.Accuracy.Translations;

var data = new Option<DirectoryInfo>("--data")
{
    Description = "The folder of the data sets. Each data set has its own folder; files may be gzipped.",
    Required = true,
};
var sets = new Option<string[]>("--set")
{
    Description = $"The data sets: {string.Join(", ", DataSets.KnownNames)}; for tagging: {string.Join(", ", TaggedSets.KnownNames)}; "
        + $"texts for language models: {string.Join(", ", LanguageSets.KnownNames)}; "
        + $"pairs for translation: {string.Join(", ", TranslationSets.KnownNames)}; images with captions: {string.Join(", ", CaptionSets.KnownNames)}; "
        + $"grids: {DigitSet.Name}, {WordImages.Name}.",
    Required = true,
};
var seeds = new Option<int[]>("--seed") { Description = "Random seeds. Each seed is one training.", DefaultValueFactory = _ => [1] };
var threads = new Option<int>("--threads") { Description = "Number of threads for training; 0 means one per core." };
var with = new Option<string[]>("--with")
{
    Description = "Options with another value than the default, such as Network.Cell=Gru or Training.MaxEpochs=5.",
    DefaultValueFactory = _ => [],
};
var withoutLinear = new Option<bool>("--without-linear") { Description = "Omits the linear pipeline of ML.NET, and the n-gram models." };
var minutes = new Option<double?>("--minutes") { Description = "Maximum duration of the training, except for texts and tags. Default: no limit." };
var reach = new Option<bool>("--reach") { Description = "Also measures how far gradients reach in a language model, on one thread." };
var against = new Option<string?>("--against")
{
    Description = "A changed option of a second translation model, with which the first one is compared by the length of the source.",
};
var members = new Option<int>("--members") { Description = "Networks of an ensemble of each text.", DefaultValueFactory = _ => 1 };
var fastText = new Option<bool>("--fasttext") { Description = "Also measures the program fastText, which must be installed, on texts." };
var folds = new Option<int>("--folds")
{
    Description = "Divides the training part of texts and tags into folds: seed 1 is tested on the first of them, and so on. The test part is not read.",
};
var picture = new Option<FileInfo?>("--picture") { Description = "The file for the picture of this comparison, PNG." };
var quantize = new Option<bool>("--quantize") { Description = "Also measures each model with 8-bit weights." };
sets.AcceptOnlyFromAmong(
[
    .. DataSets.KnownNames, .. TaggedSets.KnownNames, .. LanguageSets.KnownNames, .. TranslationSets.KnownNames, .. CaptionSets.KnownNames, DigitSet.Name,
    WordImages.Name,
]);

var root = new RootCommand("Measures accuracy on real data sets and compares it with a linear pipeline of ML.NET.")
{
    data, sets, seeds, threads, with, minutes, reach, withoutLinear, quantize, folds, members, fastText, against, picture,
};
root.SetAction(result =>
{
    DirectoryInfo folder = result.GetRequiredValue(data);
    int[] wantedSeeds = result.GetRequiredValue(seeds);
    string[] wanted = result.GetRequiredValue(sets), changes = result.GetRequiredValue(with);
    void Table(string header, IEnumerable<string> names, Func<string, (Func<int, IEnumerable<string>> Ours, Func<IEnumerable<string>> Linear)> runner)
    {
        if (!names.Any()) return;
        Console.WriteLine(header);
        foreach (string name in names)
        {
            (Func<int, IEnumerable<string>> ours, Func<IEnumerable<string>> linear) = runner(name);
            foreach (string row in wantedSeeds.SelectMany(ours)) Console.WriteLine(row);
            if (result.GetValue(withoutLinear)) continue;
            foreach (string row in linear()) Console.WriteLine(row);
        }
    }
    Table(Runner.Header, wanted.Intersect(DataSets.KnownNames), name =>
    {
        DataSet whole = DataSets.Load(name, folder);
        int k = result.GetValue(folds);
        Runner Of(int seed) => k == 0 ? new Runner(name, whole) : new Runner($"{name}, fold {seed} of {k}", whole.Fold((seed - 1) % k, k));
        return (
            seed => Of(seed).Recurrent(seed, result.GetValue(threads), changes, result.GetValue(quantize), result.GetValue(members)),
            () => (k == 0 ? wantedSeeds[..1] : wantedSeeds).SelectMany(seed => Of(seed).Linear(result.GetValue(threads), result.GetValue(fastText))));
    });
    Table(TaggingRunner.Header, wanted.Intersect(TaggedSets.KnownNames), name =>
    {
        TaggedSet whole = TaggedSets.Load(name, folder);
        int k = result.GetValue(folds);
        TaggingRunner Of(int seed) => k == 0 ? new(name, whole) : new($"{name}, fold {seed} of {k}", whole.Fold((seed - 1) % k, k));
        return (
            seed => Of(seed).Recurrent(seed, result.GetValue(threads), changes, result.GetValue(quantize)),
            () => (k == 0 ? wantedSeeds[..1] : wantedSeeds).Select(seed => Of(seed).Window()));
    });
    foreach (string name in wanted.Intersect(LanguageSets.KnownNames))
    {
        var runner = new LanguageRunner(name, LanguageSets.Load(name, folder));
        Console.WriteLine(LanguageRunner.Header);
        if (!result.GetValue(withoutLinear))
            foreach (string row in runner.NGrams()) Console.WriteLine(row);
        TimeSpan? time = result.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null;
        foreach (string row in wantedSeeds.SelectMany(seed =>
            runner.Recurrent(seed, result.GetValue(threads), time, changes, result.GetValue(reach), result.GetValue(quantize))))
            Console.WriteLine(row);
        foreach (string row in runner.Ensembles()) Console.WriteLine(row);
    }
    foreach (string name in wanted.Intersect(TranslationSets.KnownNames))
    {
        var runner = new TranslationRunner(name, TranslationSets.Load(name, folder));
        Console.WriteLine(TranslationRunner.Header);
        TimeSpan? time = result.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null;
        foreach (string row in wantedSeeds.SelectMany(seed => runner.Recurrent(seed, result.GetValue(threads), time, changes, result.GetValue(quantize))))
            Console.WriteLine(row);
        if (result.GetValue(against) is { } change)
        {
            IEnumerable<string> Train(string added) =>
                runner.Recurrent(wantedSeeds[0], result.GetValue(threads), time, [.. changes, added], isQuantized: false);
            foreach (string row in runner.Against(change, changes, Train, result.GetValue(picture))) Console.WriteLine(row);
        }
        foreach (string row in runner.Additional()) Console.WriteLine(row);
    }
    foreach (string name in wanted.Intersect(CaptionSets.KnownNames))
    {
        var runner = new CaptionRunner(name, CaptionSets.Load(name, folder));
        Console.WriteLine(CaptionRunner.Header);
        TimeSpan? time = result.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null;
        foreach (string row in wantedSeeds.SelectMany(seed => runner.Recurrent(seed, result.GetValue(threads), time, changes, result.GetValue(quantize))))
            Console.WriteLine(row);
        foreach (string row in runner.Ensembles().Concat([""]).Concat(runner.Figures)) Console.WriteLine(row);
    }
    if (wanted.Contains(DigitSet.Name))
    {
        var runner = new DigitRunner(new DigitSet(folder));
        Console.WriteLine(DigitRunner.Header);
        TimeSpan? time = result.GetValue(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null;
        foreach (string row in wantedSeeds.SelectMany(seed => runner.Grid(seed, result.GetValue(threads), time, changes, result.GetValue(quantize))))
            Console.WriteLine(row);
        if (!result.GetValue(withoutLinear))
            foreach (string row in runner.Others().Prepend(runner.LstmOverRows(wantedSeeds[0], result.GetValue(threads)))) Console.WriteLine(row);
    }
    if (wanted.Contains(WordImages.Name))
    {
        Console.WriteLine(WordImages.Header);
        foreach (int seed in wantedSeeds) Console.WriteLine(WordImages.Run(folder, seed, result.GetValue(threads), changes));
    }
});
return root.Parse(args).Invoke();
