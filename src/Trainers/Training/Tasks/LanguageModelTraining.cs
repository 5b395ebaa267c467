using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Training;

/// <summary>
/// The training of a language model by teacher forcing: the true symbol is the next input. Segments are read side by side in windows; the state goes from
/// window to window without its gradient (truncated backpropagation through time; Williams and Peng, 1990).
/// </summary>
/// <param name="network">The network.</param>
/// <param name="training">The training symbols.</param>
/// <param name="validation">The validation symbols; null for none.</param>
/// <param name="options">The length of a window, and label smoothing.</param>
internal sealed class LanguageModelTraining(
    LanguageModelNetwork network, SymbolSet training, SymbolSet? validation, LanguageModelWindows options) : ITrainingTask, IDisposable
{
    private const int ValidationBatchSize = 32, ValidationWindow = 256;

    private readonly CarriedState _carried = new();
    private IReadOnlyList<SymbolSegment> _segments = [];
    private int _firstWindow;

    public IReadOnlyList<Parameter> Parameters { get; } = network.Parameters.Trainable;

    public long ValidationTokens => validation?.Predictions ?? 0;

    public IReadOnlyList<double>? TakeGradientFlow() => network.Flow?.Take();

    public IReadOnlyList<TrainingStep> Epoch(int batchSize, Random random)
    {
        _carried.Clear();
        _segments = training.ForTraining(batchSize);
        int longest = _segments.Max(segment => segment.Length), window = Math.Min(options.Length, longest);
        // The windows of each epoch begin elsewhere in a stream, so that gradients do not always end at the same symbols.
        _firstWindow = training.IsStream && window < longest ? 1 + random.Next(window) : window;
        return [.. Batches(batchSize, window, random).SelectMany(Windows)];
    }

    public Tensor Loss(TrainingStep step, ForwardMode mode)
    {
        (int from, int length) = Range(step.Window);
        SymbolWindow window = SymbolWindow.Of(training.Sequences, [.. step.Rows.Select(row => _segments[row])], from, length);
        IReadOnlyList<RecurrentState>? before = step.Window == 0 ? null : _carried.First(window.Inputs.Rows.Length);
        (Tensor loss, RecurrentState[] after) = network.Loss(window, before, options.LabelSmoothing, mode);
        _carried.Keep(after);
        return loss.DividedBy(window.Counted);
    }

    public ValidationResult? Validate(Action check)
    {
        if (validation is null) return null;
        using var noGradients = no_grad();
        SymbolSegment[] segments = [.. validation.ForValidation(ValidationBatchSize).OrderByDescending(segment => segment.Length)];
        double loss = 0;
        long count = 0;
        using var carried = new CarriedState();
        foreach (SymbolSegment[] batch in segments.Chunk(ValidationBatchSize))
        {
            IReadOnlyList<RecurrentState>? before = null;
            for (int from = 0; from < batch[0].Length; from += ValidationWindow)
            {
                check();
                using DisposeScope scope = NewDisposeScope();
                SymbolWindow window = SymbolWindow.Of(validation.Sequences, batch, from, ValidationWindow);
                if (from > 0) before = carried.First(window.Inputs.Rows.Length);
                (Tensor sum, RecurrentState[] after) = network.Loss(window, before, smoothing: 0, ForwardMode.Scoring);
                loss += sum.item<float>();
                count += window.Counted;
                carried.Keep(after);
            }
        }
        double mean = loss / count;
        return new ValidationResult(mean, "log-probability per symbol", -mean, options.Baseline) { BaselineName = "the frequencies of single symbols" };
    }

    /// <summary>A language model is not calibrated: its loss is that of its probabilities.</summary>
    public double Calibrate(Action check) => 1;

    public void Dispose() => _carried.Dispose();

    /// <summary>Returns batches of segments, each sorted by length: all pieces of a stream, or documents of similar length in random order.</summary>
    private IEnumerable<int[]> Batches(int batchSize, int window, Random random)
    {
        int Length(int segment) => _segments[segment].Length;
        int[] all = [.. Enumerable.Range(0, _segments.Count)];
        IEnumerable<int[]> batches = training.IsStream
            ? all.Chunk(batchSize)
            : LengthBuckets.Cut(all, segment => Math.Min(window, Length(segment)), batchSize, random);
        return batches.Select(batch => batch.OrderByDescending(Length).ThenBy(segment => segment).ToArray());
    }

    private IEnumerable<TrainingStep> Windows(int[] batch)
    {
        for (int i = 0; Range(i).From < _segments[batch[0]].Length; i++)
        {
            (int from, int length) = Range(i);
            int tokens = batch.Sum(segment => Math.Clamp(_segments[segment].Length - from, 0, length));
            yield return new TrainingStep(batch, tokens, tokens, i);
        }
    }

    private (int From, int Length) Range(int window) =>
        window == 0 ? (0, _firstWindow) : (_firstWindow + (window - 1) * options.Length, options.Length);
}

/// <summary>How a language model is trained.</summary>
/// <param name="Length">The number of symbols through which gradients flow; <see cref="int.MaxValue"/> for whole segments.</param>
/// <param name="LabelSmoothing">The share of label smoothing.</param>
/// <param name="Baseline">The log-probability per validation symbol of a model that knows only the frequencies of the training symbols.</param>
internal sealed record LanguageModelWindows(int Length, float LabelSmoothing, double Baseline);
