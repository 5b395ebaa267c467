using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

/// <summary>A parameter that is a copy of others at the end of an epoch: neither steps nor the average of the weights change it.</summary>
public class CopiedParameterTests
{
    [Fact]
    public void A_copy_of_an_early_epoch_stays_as_it_is()
    {
        using var random = new Generator(1);
        using var parameters = new ParameterSet(random);
        Parameter trained = parameters.Uniform("trained", 1, 2, 2), copy = parameters.ZeroTable("copy", isCopy: true, 2, 2);
        var options = new RnnTrainingOptions { MaxEpochs = 5, ExponentialMovingAverage = 0.9f, WeightDecay = 0.1f };
        var log = new TrainingLog(((IHostEnvironment)new MLContext(1)).Register("test").Start("training"), options);
        new TrainingLoop(new CopyingTask(trained, copy), options, seed: 1, log, () => { }, new TrainingTime(null, TimeProvider.System)).Run();
        Assert.Equal([7, 7, 7, 7], copy.ToArray());
    }

    /// <summary>Sets the copy at the end of the first epoch. The last epoch is the best.</summary>
    private sealed class CopyingTask(Parameter trained, Parameter copy) : ITrainingTask
    {
        private int _validations;

        public IReadOnlyList<Parameter> Parameters { get; } = [trained, copy];

        public long ValidationTokens => 1;

        public IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random) => [.. Enumerable.Repeat(new TrainingStep([0], 1, 1), 20)];

        public Tensor Loss(TrainingStep step, ForwardMode mode) => trained.Value.Squared().sum();

        public IReadOnlyList<double>? TakeGradientFlow() => null;

        public ValidationResult? Validate(Action check)
        {
            if (_validations++ == 0) copy.Value.Span().Fill(7);
            return new ValidationResult(1, "metric", _validations);
        }

        public double Calibrate(Action check) => 1;
    }
}
