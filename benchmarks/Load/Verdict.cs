namespace MlNetRnn.LoadTest;

/// <summary>Whether the service kept its promises.</summary>
internal sealed class Verdict
{
    /// <summary>By so much, or by a tenth, the memory may have grown in a part: buffers of connections come and go.</summary>
    private const double AllowedMegaBytes = 40;

    private readonly List<string> _faults = [];
    private bool _isMemoryJudged;

    public bool IsGood => _faults.Count == 0;

    public void Add(Outcome outcome, bool isMemoryJudged)
    {
        if (outcome.Failed.Count > 0) _faults.Add($"{outcome.Name}: {outcome.Failed.Count} failed, such as: {outcome.Failed.First()}");
        if (outcome.Wrong.Count > 0) _faults.Add($"{outcome.Name}: {outcome.Wrong.Count} wrong, such as: {outcome.Wrong.First()}");
        _isMemoryJudged |= isMemoryJudged;
        if (isMemoryJudged && !(outcome.MegaBytesAfter <= outcome.MegaBytesBefore + Math.Max(AllowedMegaBytes, outcome.MegaBytesBefore / 10)))
            _faults.Add($"{outcome.Name}: the memory of the service grew from {outcome.MegaBytesBefore:F0} to {outcome.MegaBytesAfter:F0} MB");
    }

    public override string ToString() => IsGood ? $"No request failed, no answer was wrong{(_isMemoryJudged ? ", the memory stayed flat where no model was replaced" : "")}." : string.Join('\n', _faults);
}
