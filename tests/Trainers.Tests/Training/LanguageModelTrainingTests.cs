using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;
using MlNetRnn.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MlNetRnn.Trainers.Tests.Training;

/// <summary>Tests of windows over documents and streams, and of truncated backpropagation through time.</summary>
public class LanguageModelTrainingTests
{
    private const int Symbols = 6;

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(7, false)]
    [InlineData(1000, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(1000, true)]
    public void The_losses_of_all_windows_add_up_to_the_loss_of_the_whole(int window, bool isStream)
    {
        using DisposeScope scope = NewDisposeScope();
        using LanguageModelNetwork network = Network(new RnnLanguageNetworkOptions { HiddenSize = 5, EmbeddingSize = 4, Dropout = 0, Layers = 2 });
        SymbolSet symbols = Set(isStream, isStream ? [300] : [9, 1, 4, 12, 4]);
        using var noGradients = no_grad();
        double whole = Whole(network, symbols), windows = Sum(network, symbols, window, out long count);
        Assert.Equal(symbols.Predictions, count);
        Assert.Equal(whole, windows, 1e-4 * whole);
    }

    [Fact]
    public void With_windows_as_long_as_the_documents_truncated_gradients_equal_full_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        float[][] full = GradientsOfFirstStep(int.MaxValue), equal = GradientsOfFirstStep(12), truncated = GradientsOfFirstStep(4);
        Assert.Equal(full, equal);
        Assert.NotEqual(full[^1], truncated[^1]);
    }

    /// <summary>Cutting a gradient changes nothing where no state depends on the symbols before it: in an Elman network with recurrent weights of 0.</summary>
    [Fact]
    public void Without_recurrence_the_gradients_of_all_windows_add_up_to_the_full_ones()
    {
        using DisposeScope scope = NewDisposeScope();
        var options = new RnnLanguageNetworkOptions { Cell = RnnCell.Elman, HiddenSize = 5, EmbeddingSize = 4, Dropout = 0 };
        using LanguageModelNetwork network = Network(options);
        Parameter recurrent = network.Parameters.All.Single(parameter => parameter.Name.EndsWith(".recurrent", StringComparison.Ordinal));
        recurrent.Value.Span().Clear();
        Parameter[] others = [.. network.Parameters.All.Where(parameter => parameter != recurrent)];
        float[][] full = Total(int.MaxValue), parts = Total(5);
        Assert.True(full.Length >= 4);
        foreach ((float[] expected, float[] actual) in full.Zip(parts))
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);

        float[][] Total(int window)
        {
            SymbolSet symbols = Set(isStream: false, [12, 7, 9]);
            using var task = Task(network, symbols, window);
            foreach (Parameter parameter in network.Parameters.All) parameter.ClearGradient();
            foreach (TrainingStep step in task.Epoch(8, new Random(1))) (task.Loss(step, ForwardMode.Scoring) * step.LossCount).backward();
            return [.. others.Select(parameter => parameter.Gradient!.Span().ToArray())];
        }
    }

    [Fact]
    public void Every_prediction_of_an_epoch_is_trained_once()
    {
        using LanguageModelNetwork network = Network(new RnnLanguageNetworkOptions { HiddenSize = 3, EmbeddingSize = 2 });
        foreach (bool isStream in new[] { false, true })
            foreach (int batch in new[] { 1, 2, 3, 7, 64 })
                foreach (int window in new[] { 1, 5, 64, 100_000 })
                {
                    SymbolSet symbols = Set(isStream, isStream ? [1000] : [9, 1, 40, 12, 4, 4, 4]);
                    using var task = Task(network, symbols, window);
                    Assert.Equal(symbols.Predictions, task.Epoch(batch, new Random(batch)).Sum(step => (long)step.LossCount));
                }
    }

    [Fact]
    public void Validation_of_a_stream_in_pieces_counts_each_symbol_once_and_is_close_to_the_whole()
    {
        SymbolSet symbols = Set(isStream: true, [20_000]);
        SymbolSegment[] pieces = symbols.ForValidation(8);
        Assert.Equal(8, pieces.Length);
        Assert.Equal(symbols.Predictions, pieces.Sum(piece => (long)(piece.Length - piece.Skipped)));
        Assert.Equal(0, pieces[0].Skipped);
        Assert.All(pieces.Skip(1), piece => Assert.Equal(256, piece.Skipped));

        using LanguageModelNetwork network = Network(new RnnLanguageNetworkOptions { HiddenSize = 5, EmbeddingSize = 4, Dropout = 0 });
        using var task = new LanguageModelTraining(network, symbols, symbols, new LanguageModelWindows(16, 0, 0));
        using DisposeScope scope = NewDisposeScope();
        using var noGradients = no_grad();
        Assert.Equal(Whole(network, symbols) / symbols.Predictions, task.Validate(() => { })!.Loss, 1e-4);
    }

    /// <summary>Returns the loss of all symbols, each sequence in one window.</summary>
    private static double Whole(LanguageModelNetwork network, SymbolSet symbols) =>
        symbols.ForTraining(1).Sum(segment =>
        {
            SymbolWindow window = SymbolWindow.Of(symbols.Sequences, [segment], 0, segment.Length);
            return network.Loss(window, null, smoothing: 0, ForwardMode.Scoring).Loss.item<float>();
        });

    private static double Sum(LanguageModelNetwork network, SymbolSet symbols, int window, out long count)
    {
        using var task = Task(network, symbols, window);
        double sum = 0;
        count = 0;
        // A stream in one piece: with several, the pieces begin without the state of those before.
        foreach (TrainingStep step in task.Epoch(symbols.IsStream ? 1 : 2, new Random(1)))
        {
            sum += task.Loss(step, ForwardMode.Scoring).item<float>() * (double)step.LossCount;
            count += step.LossCount;
        }
        return sum;
    }

    private static float[][] GradientsOfFirstStep(int window)
    {
        using LanguageModelNetwork network = Network(new RnnLanguageNetworkOptions { HiddenSize = 5, EmbeddingSize = 4, Dropout = 0 });
        SymbolSet symbols = Set(isStream: false, [11, 11, 11]);
        using var task = Task(network, symbols, window);
        NativeCallback.Backward(task.Loss(task.Epoch(8, new Random(1))[0], ForwardMode.Scoring));
        return [.. network.Parameters.All.Select(parameter => parameter.Gradient!.Span().ToArray())];
    }

    private static LanguageModelTraining Task(LanguageModelNetwork network, SymbolSet symbols, int window) =>
        new(network, symbols, null, new LanguageModelWindows(window, 0, 0));

    private static LanguageModelNetwork Network(RnnLanguageNetworkOptions options)
    {
        using var random = new Generator(3);
        var parameters = new ParameterSet(random);
        return new LanguageModelNetwork(parameters, new SymbolEmbedding(parameters, Symbols, options), options, Symbols, threads: 1);
    }

    /// <summary>Documents with the given numbers of symbols between their boundaries.</summary>
    private static SymbolSet Set(bool isStream, int[] lengths)
    {
        var random = new Random(5);
        var store = new SequenceStore();
        foreach (int length in lengths)
        {
            store.Add(0);
            for (int i = 0; i < length; i++) store.Add(random.Next(2, Symbols));
            store.Add(0);
            store.EndSequence();
        }
        return new SymbolSet(store, isStream);
    }
}
