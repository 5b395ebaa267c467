using MlNetRnn.Training;

namespace MlNetRnn.Trainers.Tests.Translation;

/// <summary>The probability of replacing a true symbol over the course of a training.</summary>
public class SamplingScheduleTests
{
    private static readonly RnnTranslationOptions Full = new() { Sampling = RnnTargetSampling.Scheduled, SamplingProbability = 1 };

    public static TheoryData<RnnSamplingSchedule> Schedules => [.. Enum.GetValues<RnnSamplingSchedule>()];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_schedule_rises_from_0_to_the_probability(RnnSamplingSchedule schedule)
    {
        RnnTranslationOptions options = Full with { SamplingSchedule = schedule };
        double[] values = [.. Enumerable.Range(0, 101).Select(i => SamplingSchedules.Probability(options, i / 100.0))];
        Assert.Equal(0, values[0], 1e-12);
        Assert.Equal(1, values[100], 1e-12);
        for (int i = 1; i <= 100; i++) Assert.True(values[i] > values[i - 1], $"{i}: {values[i]} after {values[i - 1]}");
        foreach (double progress in new[] { 0.1, 0.5, 1 })
            Assert.Equal(
                SamplingSchedules.Probability(options, progress) / 4,
                SamplingSchedules.Probability(options with { SamplingProbability = 0.25f, Sampling = RnnTargetSampling.Uniform }, progress), 1e-12);
        Assert.Equal(0, SamplingSchedules.Probability(options, -0.5), 1e-12);
        Assert.Equal(1, SamplingSchedules.Probability(options, 1.5), 1e-12);
    }

    [Fact]
    public void Schedules_rise_at_their_own_times()
    {
        double At(RnnSamplingSchedule schedule, double progress) => SamplingSchedules.Probability(Full with { SamplingSchedule = schedule }, progress);
        Assert.Equal(0.3, At(RnnSamplingSchedule.Linear, 0.3), 1e-12);
        Assert.Equal(0.5, At(RnnSamplingSchedule.InverseSigmoid, 0.5), 1e-12);
        Assert.True(At(RnnSamplingSchedule.Exponential, 0.2) > 0.5);
        Assert.True(At(RnnSamplingSchedule.InverseSigmoid, 0.2) < 0.1 && At(RnnSamplingSchedule.InverseSigmoid, 0.8) > 0.9);
    }

    [Fact]
    public void Teacher_forcing_and_free_running_have_no_schedule()
    {
        foreach (double progress in new[] { 0, 0.5, 1 })
        {
            Assert.Equal(0, SamplingSchedules.Probability(Full with { Sampling = RnnTargetSampling.Teacher }, progress));
            Assert.Equal(1, SamplingSchedules.Probability(Full with { Sampling = RnnTargetSampling.Always, SamplingProbability = 0 }, progress));
        }
    }
}
