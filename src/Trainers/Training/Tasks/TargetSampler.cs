using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace MlNetRnn.Training;

/// <summary>
/// Scheduled sampling (Bengio et al., 2015): replaces true symbols that the decoder reads, with one coin per symbol. Symbols of the model are drawn one after
/// another, each from the prediction after the symbols that were chosen before it, with the current weights and without dropout. The training step then reads
/// the chosen symbols; no gradient flows through the choice.
/// </summary>
internal sealed class TargetSampler(TranslationNetwork network, RnnTranslationOptions options)
{
    /// <summary>The symbols from which the uniform distribution draws: all but the boundary, which would end the target.</summary>
    private const int FirstSymbol = 1;

    /// <summary>Returns the batch with the chosen symbols.</summary>
    public PairBatch Replace(PairBatch batch, ForwardMode mode)
    {
        double probability = SamplingSchedules.Probability(options, mode.Progress);
        if (probability <= 0) return batch;
        PackedBatch inputs = batch.Inputs;
        int first = inputs.RowsAt[0];
        int[] chosen = [.. inputs.Tokens];
        using Tensor coins = rand([inputs.Count], ScalarType.Float32, generator: mode.Random);
        bool[] isReplaced = [.. coins.Span().ToArray().Select((coin, n) => n >= first && coin < probability)];      // the beginning stays
        if (options.Sampling == RnnTargetSampling.Uniform) DrawUniformly(chosen, isReplaced, mode);
        else DrawFromModel(batch, chosen, isReplaced, mode);
        return batch.WithInputs(chosen);
    }

    private void DrawUniformly(int[] chosen, bool[] isReplaced, ForwardMode mode)
    {
        using Tensor drawn = rand([chosen.Length], ScalarType.Float32, generator: mode.Random);
        Span<float> numbers = drawn.Span();
        for (int n = 0; n < chosen.Length; n++)
            if (isReplaced[n]) chosen[n] = FirstSymbol + Math.Min((int)(numbers[n] * (network.Symbols - FirstSymbol)), network.Symbols - FirstSymbol - 1);
    }

    private void DrawFromModel(PairBatch batch, int[] chosen, bool[] isReplaced, ForwardMode mode)
    {
        using var noGradients = no_grad();
        using DisposeScope scope = NewDisposeScope();
        PackedBatch inputs = batch.Inputs;
        EncodedBatch encoded = network.Encode(batch, ForwardMode.Scoring);
        RecurrentState[] state = encoded.Initial;
        for (int t = 0; t + 1 < inputs.Steps; t++)
        {
            int rows = inputs.RowsAt[t], next = inputs.RowsAt[t + 1], offset = inputs.Offsets[t];
            PackedBatch step = PackedBatch.From([.. Enumerable.Range(0, rows)], [.. Enumerable.Repeat(1, rows)], row => chosen.AsSpan(offset + row, 1));
            (Tensor outputs, RecurrentState[] after) = network.Decode(
                encoded, [.. state.Select(layer => layer.First(rows))], step, ForwardMode.Scoring, batch.Languages.Target);
            state = after;
            if (!Enumerable.Range(inputs.Offsets[t + 1], next).Any(n => isReplaced[n])) continue;
            Tensor probabilities = network.Logits(outputs.narrow(0, 0, next), batch.Languages.Target).softmax(1);          // [b,V]
            // Weights that are not finite have no distribution. The loss of the step will be NaN, which ends the training with advice.
            if (!probabilities.isfinite().all().item<bool>()) return;
            long[] drawn = probabilities.multinomial(1, generator: mode.Random).data<long>().ToArray();
            for (int b = 0; b < next; b++)
                if (isReplaced[inputs.Offsets[t + 1] + b]) chosen[inputs.Offsets[t + 1] + b] = (int)drawn[b];
        }
    }
}
