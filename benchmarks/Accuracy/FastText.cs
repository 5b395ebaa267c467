using System.Diagnostics;
using System.Globalization;

namespace MlNetRnn.Accuracy;

/// <summary>
/// The program fastText (Joulin et al., 2017), a linear model of words and pairs of words, on the rows of a data set: its tutorial's advice for texts (lower
/// case, punctuation apart, 25 epochs, pairs of words), and of the learning rates 0.5 and 1.0 the better one on a tenth of the training part.
/// </summary>
internal static class FastText
{
    private static readonly string[] Rates = ["0.5", "1.0"];

    /// <summary>Trains and tests fastText.</summary>
    /// <returns>Accuracy in percent, the duration of the training in seconds, and the learning rate.</returns>
    public static (double Accuracy, double Seconds, string Rate) Run(DataSet set, int threads)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("fasttext");
        try
        {
            string File(string name) => Path.Combine(folder.FullName, name);
            int held = set.Validation is null ? set.Train.Count / 10 : 0;
            Example[] shuffled = [.. set.Train];
            new Random(1).Shuffle(shuffled);
            Write(File("part"), shuffled.Skip(held));
            Write(File("held"), set.Validation ?? shuffled.Take(held));
            Write(File("train"), set.Train);
            Write(File("test"), set.Test);
            string rate = Rates.MaxBy(candidate => Trained(File("part"), File("held"), candidate).Accuracy)!;
            (double accuracy, double seconds) = Trained(File("train"), File("test"), rate);
            return (accuracy, seconds, rate);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        (double Accuracy, double Seconds) Trained(string train, string test, string rate)
        {
            string model = Path.Combine(folder.FullName, "model");
            var watch = Stopwatch.StartNew();
            Start("supervised", "-input", train, "-output", model, "-epoch", "25", "-lr", rate, "-wordNgrams", "2",
                "-thread", threads.ToString(CultureInfo.InvariantCulture), "-verbose", "0");
            double seconds = watch.Elapsed.TotalSeconds;
            string line = Start("test", $"{model}.bin", test).Split('\n').Single(line => line.StartsWith("P@1", StringComparison.Ordinal));
            return (100 * double.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture), seconds);
        }
    }

    private static void Write(string file, IEnumerable<Example> rows) => File.WriteAllLines(file, rows.Select(row =>
        $"__label__{row.Label.Replace(' ', '_')} {string.Join(' ', RnnTokenizer.Tokenize(row.Text.ToLowerInvariant()).Select(token => token.Text))}"));

    private static string Start(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("fasttext", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"fasttext {arguments[0]}: expected exit code 0, got {process.ExitCode}.\n{errors.Result}");
    }
}
