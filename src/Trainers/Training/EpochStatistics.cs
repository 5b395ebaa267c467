using System.Diagnostics;

namespace MlNetRnn.Training;

/// <summary>The running totals of one epoch.</summary>
internal sealed class EpochStatistics(int epoch, int maxEpochs, int batches, long tokensPerEpoch, long weightsPerToken)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private double _loss, _gradientNorm;
    private long _lossCount, _tokens;
    private int _batch;

    /// <summary>Adds a batch.</summary>
    /// <param name="lossCount">The number of rows or steps that the loss is the mean of.</param>
    /// <param name="tokens">The number of tokens in the batch.</param>
    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="gradientNorm">The norm of its gradient.</param>
    public void Add(int lossCount, int tokens, double loss, double gradientNorm)
    {
        _batch++;
        _lossCount += lossCount;
        _tokens += tokens;
        _loss += loss * lossCount;
        _gradientNorm += gradientNorm;
    }

    /// <summary>Returns the progress so far.</summary>
    /// <param name="learningRate">The current learning rate.</param>
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
            Loss = _loss / Math.Max(_lossCount, 1),
            GradientNorm = _gradientNorm / Math.Max(_batch, 1),
            LearningRate = learningRate,
            TokensPerSecond = tokensPerSecond,
            WorkPerEpoch = (double)tokensPerEpoch * weightsPerToken,
            TimeLeft = TimeSpan.FromSeconds(Math.Min(tokensLeft / Math.Max(tokensPerSecond, 1e-9), TimeSpan.MaxValue.TotalSeconds / 2)),
        };
    }
}
