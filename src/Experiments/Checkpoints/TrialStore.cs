using System.Text;
using System.Text.Json;
using Microsoft.ML;
using MlNetRnn.Files;

namespace MlNetRnn.Experiments;

/// <summary>
/// The folder of a checkpoint: a description of the experiment, a line for every finished trial, and the best model. The line of a trial is written to the
/// disk after its model, so that a recorded trial is never without its model.
/// </summary>
internal sealed class TrialStore : IDisposable
{
    private readonly string _folder;
    private readonly MLContext _context;
    private readonly DataViewSchema _schema;
    private readonly FileStream _trials;
    private readonly double _elapsedBefore;
    private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>Opens the folder.</summary>
    /// <param name="folder">The folder; created if it does not exist.</param>
    /// <param name="identity">The description of the experiment.</param>
    /// <param name="context">Saves and loads models.</param>
    /// <param name="schema">The schema of the training data.</param>
    /// <param name="isMaximize">Whether a higher metric is better.</param>
    /// <exception cref="InvalidOperationException">The folder belongs to another experiment.</exception>
    /// <exception cref="IOException">The folder cannot be written to, or another process uses it.</exception>
    /// <exception cref="FormatException">A record is damaged.</exception>
    public TrialStore(string folder, string identity, MLContext context, DataViewSchema schema, bool isMaximize)
    {
        (_folder, _context, _schema) = (folder, context, schema);
        Directory.CreateDirectory(folder);
        _trials = Open(Path.Combine(folder, "trials.jsonl"));
        try
        {
            CheckIdentity(identity);
            Recorded = Read();
            CheckBest(isMaximize);
        }
        catch
        {
            _trials.Dispose();
            throw;
        }
        _elapsedBefore = Recorded.Values.Select(record => record.ElapsedSeconds).DefaultIfEmpty().Max();
    }

    /// <summary>The finished trials in the folder, by number.</summary>
    public IReadOnlyDictionary<int, TrialRecord> Recorded { get; }

    /// <summary>The duration of the experiment, including earlier runs.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(_elapsedBefore + _watch.Elapsed.TotalSeconds);

    /// <summary>Saves the model of the best trial; <see cref="Add"/> must follow.</summary>
    public void SaveBest(TrialResult result)
    {
        string best = Best(result.TrialSettings.TrialId);
        AtomicFile.Write(best, file => _context.Model.Save(result.Model, _schema, file), flushToDisk: true, AtomicFile.NewSuffix);
    }

    /// <summary>Records a finished trial.</summary>
    public void Add(TrialResult result, bool isBest)
    {
        _trials.Write(Encoding.UTF8.GetBytes(TrialRecord.Of(result, Elapsed.TotalSeconds).ToJson() + "\n"));
        _trials.Flush(flushToDisk: true);
        if (!isBest) return;
        foreach (string older in Directory.GetFiles(_folder, "best-*.zip").Where(file => file != Best(result.TrialSettings.TrialId)))
        {
            try
            {
                File.Delete(older);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another program reads the file. It is not needed any more.
            }
        }
    }

    /// <summary>Loads the model of the best trial.</summary>
    /// <exception cref="FormatException">The file is missing or not a model.</exception>
    public ITransformer LoadBest(int trial)
    {
        try
        {
            return _context.Model.Load(Best(trial), out _);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException(
                $"Checkpoint of an experiment: expected the best model in {Best(trial)}, got: {e.Message} Delete the folder to start over.", e);
        }
    }

    public void Dispose() => _trials.Dispose();

    private string Best(int trial) => Path.Combine(_folder, $"best-{trial}.zip");

    private static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"Checkpoint of an experiment: expected exclusive access to {file}, got: {e.Message} Does another process use this folder?", e);
        }
    }

    private void CheckIdentity(string identity)
    {
        string file = Path.Combine(_folder, "experiment.txt");
        if (!File.Exists(file)) AtomicFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(identity)), suffix: AtomicFile.NewSuffix);
        string[] then = File.ReadAllLines(file), now = identity.Split('\n');
        if (then.SequenceEqual(now)) return;
        string difference = string.Concat(now.Except(then).Take(3).Select(line => $"{Environment.NewLine}  now:    {line}"))
            + string.Concat(then.Except(now).Take(3).Select(line => $"{Environment.NewLine}  before: {line}"));
        throw new InvalidOperationException(
            $"The checkpoint folder '{_folder}' belongs to a different experiment:{difference}{Environment.NewLine}"
            + "Choose another folder, or delete it to start over.");
    }

    /// <summary>Checks that the best model exists, before the search.</summary>
    private void CheckBest(bool isMaximize)
    {
        TrialRecord? best = Recorded.Values.Where(record => record.Ending != TrialEnding.Failed)
            .MinBy(record => TrialResult.Rank(record.Folds, isMaximize ? -record.Metric : record.Metric, record.TieLoss, record.Trial));
        if (best is not null && !File.Exists(Best(best.Trial)))
        {
            throw new FormatException(
                $"Checkpoint of an experiment: expected the best model in {Best(best.Trial)}, got no such file. Delete the folder to start over.");
        }
    }

    private Dictionary<int, TrialRecord> Read()
    {
        byte[] bytes = new byte[_trials.Length];
        _trials.ReadExactly(bytes);
        // A last line without a line feed is a trial whose record was not completed.
        int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        _trials.SetLength(whole);
        _trials.Position = whole;
        var records = new Dictionary<int, TrialRecord>();
        string[] lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            try
            {
                TrialRecord record = TrialRecord.FromJson(lines[i]);
                records.Add(record.Trial, record);
            }
            catch (Exception e) when (e is JsonException or ArgumentException)
            {
                throw new FormatException(
                    $"{_trials.Name}, line {i + 1}: expected a finished trial in JSON, got: {e.Message} Delete the folder to start over.", e);
            }
        }
        return records;
    }
}
