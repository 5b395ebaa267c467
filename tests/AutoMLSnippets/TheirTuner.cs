using System.Text.Json;
using MlNetRnn.Experiments;
using AutoML = Microsoft.ML.AutoML;

public sealed class TheirTuner<TOptions>(AutoML.ITuner tuner, OptionSpace<TOptions> space) : ITuner
    where TOptions : class, new()
{
    private readonly Dictionary<int, AutoML.TrialSettings> _asked = [];

    public IReadOnlyList<double> Propose(TrialSettings settings)
    {
        var theirs = new AutoML.TrialSettings { TrialId = settings.TrialId, StartedAtUtc = DateTime.UtcNow };
        theirs.Parameter = tuner.Propose(theirs);
        _asked[settings.TrialId] = theirs;
        return space.PointOf(space.FromJson(JsonSerializer.Serialize(theirs.Parameter)));
    }

    public void Update(TrialResult result)
    {
        // The first trial has the starting options, which this tuner did not propose.
        if (!_asked.TryGetValue(result.TrialSettings.TrialId, out AutoML.TrialSettings? theirs)) return;
        tuner.Update(new AutoML.TrialResult
        {
            TrialSettings = theirs,
            Loss = double.IsFinite(result.Loss) ? result.Loss : double.MaxValue,
            Metric = result.Metric,
            DurationInMilliseconds = result.DurationInMilliseconds,
        });
    }
}
