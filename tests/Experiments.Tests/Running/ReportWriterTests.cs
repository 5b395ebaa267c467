namespace MlNetRnn.Experiments.Tests;

public class ReportWriterTests
{
    private const long Duration = 5;

    private readonly Clock _clock = new();
    private readonly ReportWriter _report;
    private int _written;

    public ReportWriterTests() => _report = new ReportWriter(Write, _clock);

    [Fact]
    public void The_first_trial_is_in_the_report_at_once()
    {
        _report.Update();
        Assert.Equal(1, _written);
    }

    [Fact]
    public void After_writing_there_is_a_pause()
    {
        _report.Update();
        _clock.Now += ReportWriter.Pause * Duration - 1;
        _report.Update();
        Assert.Equal(1, _written);
        _clock.Now++;
        _report.Update();
        Assert.Equal(2, _written);
    }

    [Fact]
    public void At_the_end_the_report_is_complete()
    {
        _report.Update();
        _report.Update();
        _report.Complete();
        Assert.Equal(2, _written);
    }

    [Fact]
    public void A_complete_report_is_not_written_again()
    {
        _report.Complete();
        Assert.Equal(0, _written);
        _report.Request();
        _report.Complete();
        _report.Complete();
        Assert.Equal(1, _written);
    }

    private void Write()
    {
        _written++;
        _clock.Now += Duration;
    }

    private sealed class Clock : TimeProvider
    {
        public long Now { get; set; } = 1000;

        public override long GetTimestamp() => Now;
    }
}
