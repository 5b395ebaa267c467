namespace MlNetRnn.LoadTest;

/// <summary>The verdict on all parts.</summary>
internal sealed class Verdict
{
    /// <summary>The allowed growth of the memory in a part in MB; a tenth of the memory is always allowed. Buffers of connections come and go.</summary>
    private const double AllowedMegaBytes = 40;

    private readonly List<string> _faults = [];
    private bool _isMemoryJudged;

    public bool IsGood => _faults.Count == 0;

    public void Add(Outcome outcome, bool isMemoryJudged)
    {
        if (outcome.Failed.Count > 0) _faults.Add($"{outcome.Name}: {outcome.Failed.Count} failed, for example: {outcome.Failed.First()}");
        if (outcome.Wrong.Count > 0) _faults.Add($"{outcome.Name}: {outcome.Wrong.Count} wrong, for example: {outcome.Wrong.First()}");
        _isMemoryJudged |= isMemoryJudged;
        if (isMemoryJudged && !(outcome.MegaBytesAfter <= outcome.MegaBytesBefore + Math.Max(AllowedMegaBytes, outcome.MegaBytesBefore / 10)))
            _faults.Add($"{outcome.Name}: the memory of the service grew from {outcome.MegaBytesBefore:F0} to {outcome.MegaBytesAfter:F0} MB");
    }

    public override string ToString()
    {
        if (!IsGood) return string.Join('\n', _faults);
        string memory = _isMemoryJudged ? " The memory stayed flat in the parts without replaced models." : "";
        return $"No request failed, and no answer was wrong.{memory}";
    }
}
