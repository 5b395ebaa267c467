namespace MlNetRnn.Experiments.Tests;

public class MemoryGuardTests
{
    private const long MegaByte = 1024 * 1024;

    [Fact]
    public void Growth_is_measured_from_the_minimum_since_the_start()
    {
        using var guard = new MemoryGuard(double.PositiveInfinity);
        using var watch = new MemoryGuard.Watch(guard, _ => { });
        watch.See(100);
        Assert.Equal(0, watch.Growth);
        watch.See(100 + 200 * MegaByte);
        Assert.Equal(200, watch.Growth);
        watch.See(100 + 50 * MegaByte);
        Assert.Equal((50, 200), (watch.Growth, watch.Peak));
    }

    [Fact]
    public void Growth_is_measured_anew_when_another_trial_ends()
    {
        using var guard = new MemoryGuard(double.PositiveInfinity);
        using var watch = new MemoryGuard.Watch(guard, _ => { });
        watch.See(100);
        watch.Restart(100 + 200 * MegaByte);
        watch.See(100 + 250 * MegaByte);
        Assert.Equal(50, watch.Growth);
    }
}
