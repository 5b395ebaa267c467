using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Modules;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

/// <summary>Tests of the time limit, with a clock that only the training advances.</summary>
public class TrainingTimeTests
{
    private const int StepSeconds = 2, ValidationSeconds = 5, StepsPerEpoch = 10;

    [Theory]
    [InlineData(60)]
    [InlineData(47)]
    [InlineData(26)]
    [InlineData(20)]
    public void Training_ends_in_time_for_a_last_validation(int limit)
    {
        using var run = new TimedRun(limit);
        run.Start();
        Assert.InRange(run.Seconds, limit - StepSeconds - 1, limit);
        Assert.True(run.EndsWithValidation);
    }

    [Fact]
    public void An_incomplete_epoch_can_be_the_best()
    {
        using var run = new TimedRun(limit: 45);
        run.Start();
        // 10 steps and a validation are 25 s; 7 more steps and a validation are 19 s.
        Assert.Equal([StepsPerEpoch, StepsPerEpoch + 7], run.ValidatedAt);
        Assert.Equal([StepsPerEpoch + 7f], run.Weight.ToArray());
        Assert.Equal([1, 2], run.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(7, run.Epochs[1].Batch);
    }

    [Fact]
    public void Without_a_limit_all_epochs_are_complete()
    {
        using var run = new TimedRun(limit: null);
        run.Start();
        Assert.Equal([10, 20, 30], run.ValidatedAt);
    }

    [Fact]
    public void The_learning_rate_ends_at_the_limit_if_it_comes_before_the_last_epoch()
    {
        using TimedRun limited = new(limit: 45), free = new(limit: null);
        limited.Start();
        free.Start();
        Assert.Equal(TimedRun.LearningRate, limited.Rates[0]);
        // In the first epoch, the time of the validation is not known exactly.
        Assert.InRange(limited.Rates[^1] / TimedRun.LearningRate, 0, 0.1);
        Assert.Equal(1 / 30.0, free.Rates[^1] / TimedRun.LearningRate, 3);
        Assert.True(limited.Rates.Zip(limited.Rates.Skip(1)).All(pair => pair.Second <= pair.First));
    }

    [Fact]
    public void One_step_is_made_even_if_the_time_is_too_short()
    {
        using var run = new TimedRun(limit: 1);
        run.Start();
        Assert.Equal([1], run.ValidatedAt);
    }

    [Fact]
    public void The_reported_time_left_is_at_most_that_of_the_limit()
    {
        using var run = new TimedRun(limit: 45);
        run.Start();
        Assert.All(run.Left, left => Assert.InRange(left.TotalSeconds, 0, 45 - StepSeconds));
    }

    /// <summary>A training of one weight, which is the number of steps so far. The clock advances in steps and validations.</summary>
    private sealed class TimedRun : TimeProvider, ITrainingTask, IProgress<RnnTrainingProgress>, IDisposable
    {
        public const float LearningRate = 0.5f;

        private readonly torch.Generator _random = new(1);
        private readonly ParameterSet _parameters;
        private readonly double? _limit;
        private int _steps;

        public TimedRun(double? limit)
        {
            _limit = limit;
            _parameters = new ParameterSet(_random);
            Weight = _parameters.Bias("w", 0, 1);
        }

        public Parameter Weight { get; }

        public double Seconds { get; private set; }

        public List<int> ValidatedAt { get; } = [];

        public bool EndsWithValidation { get; private set; }

        public List<RnnTrainingProgress> Epochs { get; } = [];

        public List<double> Rates { get; } = [];

        public List<TimeSpan> Left { get; } = [];

        public IReadOnlyList<Parameter> Parameters => _parameters.All;

        public long ValidationTokens => 30;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);

        public void Start()
        {
            var options = new RnnTrainingOptions
            {
                MaxEpochs = 3,
                MaximumTime = _limit is { } limit ? TimeSpan.FromSeconds(limit) : null,
                LearningRate = LearningRate,
                Schedule = RnnLearningRateSchedule.Linear,
                ExponentialMovingAverage = 0,
                WeightDecay = 0,
                Progress = this,
            };
            using IChannel channel = ((IChannelProvider)new MLContext(1)).Start("test");
            new TrainingLoop(this, options, 1, new TrainingLog(channel, options), () => { }, new TrainingTime(options.MaximumTime, this)).Run();
        }

        public IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random) =>
            [.. Enumerable.Range(0, StepsPerEpoch).Select(i => new TrainingStep([i], 10, 1))];

        public Tensor Loss(TrainingStep step, ForwardMode mode)
        {
            (_steps, EndsWithValidation) = (_steps + 1, false);
            Seconds += StepSeconds;
            return Weight.Value.sum();
        }

        public ValidationResult? Validate(Action check)
        {
            Seconds += ValidationSeconds;
            EndsWithValidation = true;
            ValidatedAt.Add(_steps);
            Weight.Restore([_steps]);
            return new ValidationResult(1.0 / _steps, "steps", _steps);
        }

        public double Calibrate(Action check) => 1;

        public IReadOnlyList<double>? TakeGradientFlow() => null;

        public void Report(RnnTrainingProgress value)
        {
            if (value.IsEndOfEpoch)
            {
                Epochs.Add(value);
                return;
            }
            Rates.Add(value.LearningRate);
            Left.Add(value.TimeLeft);
        }

        public void Dispose()
        {
            _parameters.Dispose();
            _random.Dispose();
        }
    }
}
