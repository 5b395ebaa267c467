namespace MlNetRnn.Experiments;
/// <summary>x</summary>
public static class ExperimentReport
{
    /// <summary>x</summary>
    public static void Save(string path, IReadOnlyList<TrialResult> trials, string metricName, bool isMaximize)
    {
    }
}
