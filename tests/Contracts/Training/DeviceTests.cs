using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>A GPU that does not exist.</summary>
public class DeviceTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions OneEpoch = Options with { Training = Options.Training with { MaxEpochs = 1 } };
    private readonly MLContext _strict = new(1) { GpuDeviceId = 99, FallbackToCpu = false }, _lenient = new(1) { GpuDeviceId = 99, FallbackToCpu = true };

    [Fact]
    public void Training_is_refused_without_FallbackToCpu()
    {
        IDataView data = KeyedData(i => Topics[i % 3]);
        AssertThrows.With<InvalidOperationException>(() => _strict.MulticlassClassification.Trainers.RnnTextClassification(OneEpoch).Fit(data),
            "GPU 99 (MLContext.GpuDeviceId): expected a CUDA device", "set FallbackToCpu");
    }

    [Fact]
    public void Training_and_scoring_fall_back_to_the_CPU_with_FallbackToCpu()
    {
        IDataView data = KeyedData(i => Topics[i % 3]);
        List<string> log = _lenient.RecordLog();
        RnnTransformer model = _lenient.MulticlassClassification.Trainers.RnnTextClassification(OneEpoch).Fit(data);
        Assert.Contains(log, line => line.Contains("training on the CPU (FallbackToCpu)"));
        string[] expected = Rows.Of(Trainer(OneEpoch).Fit(data).Transform(data), "Score");
        Assert.Equal(expected, Rows.Of(model.Transform(data), "Score"));
        byte[] saved = _ml.SaveToBytes(model);
        Assert.Equal(expected, Rows.Of(_lenient.LoadFromBytes(saved).Transform(data), "Score"));
    }

    [Fact]
    public void Scoring_is_refused_without_FallbackToCpu()
    {
        IDataView data = KeyedData(i => Topics[i % 3]);
        byte[] saved = _ml.SaveToBytes(Trainer(OneEpoch).Fit(data));
        AssertThrows.With<InvalidOperationException>(() => Rows.Of(_strict.LoadFromBytes(saved).Transform(data), "Score"), "Microsoft.ML.OnnxRuntime.Gpu");
    }
}
