using System.Diagnostics;

namespace MlNetRnn.Training;

/// <summary>The running figures of one epoch.</summary>
internal sealed class EpochStatistics(int epoch, int maxEpochs, int batches, long tokensPerEpoch, long weightsPerToken)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _loss, _gradientNorm;
    private long _rows, _tokens;
    private int _batch;

    public void Add(int rows, int tokens, double loss, double gradientNorm)
    {
        _batch++;
        _rows += rows;
        _tokens += tokens;
        _loss += loss * rows;
        _gradientNorm += gradientNorm;
    }

    /// <param name="learningRate">The step size now.</param>
    public RnnTrainingProgress Progress(float learningRate)
    {
        double seconds = Math.Max(_watch.Elapsed.TotalSeconds, 1e-9);
        double tokensPerSecond = _tokens / seconds;
        double tokensLeft = tokensPerEpoch - _tokens + (double)(maxEpochs - epoch) * tokensPerEpoch;
        return new RnnTrainingProgress
        {
            Epoch = epoch,
            MaxEpochs = maxEpochs,
            Batch = _batch,
            Batches = batches,
            IsEndOfEpoch = false,
            Loss = _loss / Math.Max(_rows, 1),
            GradientNorm = _gradientNorm / Math.Max(_batch, 1),
            LearningRate = learningRate,
            TokensPerSecond = tokensPerSecond,
            WorkPerEpoch = (double)tokensPerEpoch * weightsPerToken,
            TimeLeft = TimeSpan.FromSeconds(Math.Min(tokensLeft / Math.Max(tokensPerSecond, 1e-9), TimeSpan.MaxValue.TotalSeconds / 2)),
        };
    }
}
