using System.Text;
using System.Text.Json;
using Microsoft.ML;

namespace MlNetRnn.Experiments;

/// <summary>
/// The folder that an experiment goes on from after its process was killed: what it is, a line for every finished trial, and the best model. A line is
/// written to the disk only when its model is there, so that at no moment a trial is recorded whose model could be missing.
/// </summary>
internal sealed class TrialStore : IDisposable
{
    private readonly string _folder;
    private readonly MLContext _context;
    private readonly DataViewSchema _schema;
    private readonly FileStream _trials;
    private readonly double _elapsedBefore;
    private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();

    /// <param name="folder">The folder; it is made where it is not there.</param>
    /// <param name="identity">What the experiment is, in words that are the same for the same experiment alone.</param>
    /// <param name="context">Saves and loads models.</param>
    /// <param name="schema">The schema of the training data.</param>
    /// <param name="isMaximize">Whether higher is better.</param>
    /// <exception cref="InvalidOperationException">The folder is of another experiment.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another process uses it.</exception>
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

    /// <summary>The finished trials that were found, by their number.</summary>
    public IReadOnlyDictionary<int, TrialRecord> Recorded { get; }

    /// <summary>How long the experiment has run, before too.</summary>
    public TimeSpan Elapsed => TimeSpan.FromSeconds(_elapsedBefore + _watch.Elapsed.TotalSeconds);

    /// <summary>Keeps the model of a trial that is the best; <see cref="Add"/> must follow.</summary>
    public void SaveBest(TrialResult result)
    {
        string file = Best(result.TrialSettings.TrialId);
        _context.Model.Save(result.Model, _schema, file + ".new");
        using (var written = new FileStream(file + ".new", FileMode.Open, FileAccess.ReadWrite)) written.Flush(flushToDisk: true);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Keeps a finished trial.</summary>
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
                // Somebody reads it; nobody asks for it any more.
            }
        }
    }

    /// <exception cref="FormatException">The file is missing or no model.</exception>
    public ITransformer LoadBest(int trial)
    {
        try
        {
            return _context.Model.Load(Best(trial), out _);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new FormatException($"Checkpoint of an experiment: expected the best model in {Best(trial)}, got: {e.Message} Delete the folder to begin anew.", e);
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
            throw new IOException($"Checkpoint of an experiment: expected to have {file} to itself, got: {e.Message} Is another process at work in this folder?", e);
        }
    }

    private void CheckIdentity(string identity)
    {
        string file = Path.Combine(_folder, "experiment.txt");
        if (!File.Exists(file))
        {
            File.WriteAllText(file + ".new", identity);
            File.Move(file + ".new", file);
        }
        string[] then = File.ReadAllLines(file), now = identity.Split('\n');
        if (then.SequenceEqual(now)) return;
        string difference = string.Concat(now.Except(then).Take(3).Select(line => $"{Environment.NewLine}  now:    {line}")) + string.Concat(then.Except(now).Take(3).Select(line => $"{Environment.NewLine}  before: {line}"));
        throw new InvalidOperationException($"Checkpoint folder '{_folder}': expected one of this experiment, got one of another:{difference}{Environment.NewLine}Choose another folder, or delete it to begin anew.");
    }

    /// <summary>Before the search, not after it.</summary>
    private void CheckBest(bool isMaximize)
    {
        TrialRecord? best = Recorded.Values.Where(record => record.Ending != TrialEnding.Failed)
            .MinBy(record => TrialResult.Rank(record.Folds, isMaximize ? -record.Metric : record.Metric, record.TieLoss, record.Trial));
        if (best is not null && !File.Exists(Best(best.Trial)))
            throw new FormatException($"Checkpoint of an experiment: expected the best model in {Best(best.Trial)}, got no such file. Delete the folder to begin anew.");
    }

    private Dictionary<int, TrialRecord> Read()
    {
        byte[] bytes = new byte[_trials.Length];
        _trials.ReadExactly(bytes);
        // A last line without its end is a trial that was being written when the process was killed.
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
                throw new FormatException($"{_trials.Name}, line {i + 1}: expected a finished trial in JSON, got: {e.Message} Delete the folder to begin anew.", e);
            }
        }
        return records;
    }
}
