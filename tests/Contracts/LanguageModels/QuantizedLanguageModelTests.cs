using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.LanguageModels;
using MlNetRnn.Onnx;

namespace MlNetRnn.Contracts;

/// <summary>Language models with 8-bit weights predict nearly the same and generate with ONNX Runtime.</summary>
public class QuantizedLanguageModelTests : LanguageModelCase
{
    private static readonly RnnLanguageModelOptions Wide = Joined with
    {
        Unit = RnnLanguageUnit.Subword,
        MaximumVocabularySize = 290,
        Network = new RnnLanguageNetworkOptions { EmbeddingSize = 128, HiddenSize = 128, Dropout = 0 },
        Training = Joined.Training with { MaxEpochs = 8, LearningRate = 0.005f },
    };

    [Theory]
    [InlineData(false, 128, 1)]
    [InlineData(true, 128, 2)]
    [InlineData(true, 144, 1)]
    public void A_quantized_model_has_a_third_of_the_size_and_nearly_the_same_perplexity(bool isTied, int hidden, int layers)
    {
        RnnLanguageNetworkOptions network = Wide.Network with { TiedEmbeddings = isTied, HiddenSize = hidden, Layers = layers };
        RnnLanguageModelTransformer model = Fit(Wide with { Network = network }, Lines);
        RnnQuantization result = _ml.Model.Quantize(model, Data(Lines), scored => Perplexity(scored));
        var small = (RnnLanguageModelTransformer)result.Model;
        Assert.True(small.IsQuantized);
        Assert.False(model.IsQuantized);
        Assert.EndsWith("8-bit weights)", small.ToString());
        Assert.True(result.BytesBefore > 3 * result.BytesAfter, result.ToString());
        Assert.Empty(result.Kept);
        Assert.InRange(result.MetricAfter!.Value / result.MetricBefore!.Value, 0.97, 1.03);

        // The LSTM that carries a state, the output and the vectors have 8 bits; with tied embeddings, the last two are one.
        var graph = OnnxWeights.Parse(((RecurrentLanguageModel)small.Model).Graph).Graph;
        Assert.Equal(layers, graph.Node.Count(node => node.OpType == "DynamicQuantizeLSTM" && node.Input[5].Length > 0 && node.Input[6].Length > 0));
        Assert.DoesNotContain(graph.Node, node => node.OpType is "LSTM" or "MatMul");
        Assert.Equal(isTied ? 0 : 1, graph.Initializer.Count(tensor => tensor.Name == "output.weight.int8"));
        Assert.Single(graph.Initializer, tensor => tensor.Name == "embedding.int8");

        byte[] saved = _ml.SaveToBytes(small);
        Assert.InRange(saved.Length, 1, _ml.SaveToBytes(model).Length / 2);
        var loaded = (RnnLanguageModelTransformer)new MLContext().LoadFromBytes(saved);
        Assert.True(loaded.IsQuantized);
        Assert.Equal(Scores(small, Lines), Scores(loaded, Lines));
        foreach (RnnGenerationOptions options in new RnnGenerationOptions[] { new() { Seed = 3, MaximumLength = 30 }, new() { BeamWidth = 4, NBest = 2 } })
        {
            RnnGeneratedText expected = Generator(small).GenerateMany(["lo"], options)[0][0];
            Assert.NotEmpty(expected.Symbols);
            Assert.Equal(expected.Text, Generator(loaded).Generate("lo", options));
        }
    }

    [Fact]
    public void The_networks_of_an_ensemble_and_of_a_generating_transform_are_quantized()
    {
        RnnLanguageModelTransformer first = Fit(Wide, Lines), second = Fit(Wide with { Training = Wide.Training with { Seed = 9 } }, Lines);
        RnnLanguageModelTransformer ensemble = _ml.Rnn().CreateEnsemble(first, second);
        RnnQuantization result = _ml.Model.Quantize(ensemble, Data(Lines), scored => Perplexity(scored));
        var small = (RnnLanguageModelTransformer)result.Model;
        Assert.True(small.IsQuantized);
        Assert.True(result.BytesBefore > 3 * result.BytesAfter, result.ToString());
        Assert.InRange(result.MetricAfter!.Value / result.MetricBefore!.Value, 0.97, 1.03);
        Assert.Equal(Scores(small, Lines), Scores(new MLContext().LoadFromBytes(_ml.SaveToBytes(small)), Lines));

        RnnGenerationOptions options = new() { Seed = 1, MaximumLength = 9 };
        ITransformer writer = _ml.Transforms.Text.GenerateText(ensemble, "More", "Text", options).Fit(Data("lo"));
        RnnQuantization written = _ml.Model.Quantize(writer);
        Assert.Contains("8-bit weights", written.Model.ToString());
        Assert.NotEmpty(written.Model.Transform(Data("lo")).GetColumn<string>("More").Single());
        AssertThrows.With<ArgumentException>(() => _ml.Model.Quantize(small), "already quantized");
    }

    /// <summary>The output matrix of a small vocabulary keeps 32 bits, and the vectors with it.</summary>
    [Fact]
    public void Small_tied_embeddings_keep_their_weights()
    {
        RnnLanguageNetworkOptions network = Joined.Network with { TiedEmbeddings = true, HiddenSize = 64, EmbeddingSize = 64 };
        RnnLanguageModelTransformer model = Fit(Joined with { Network = network }, Lines), small = model.Quantize();
        float[] expected = Scores(model, Lines), actual = Scores(small, Lines);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 0.5);
        Assert.Contains("MatMul", OnnxWeights.Parse(((RecurrentLanguageModel)small.Model).Graph).Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void Other_cells_keep_the_weights_that_ONNX_Runtime_cannot_compute_with_8_bits()
    {
        RnnLanguageModelTransformer gru = Fit(Wide with { Network = Wide.Network with { Cell = RnnCell.Gru } }, Lines);
        RnnQuantization result = _ml.Model.Quantize(gru);
        Assert.Contains(result.Kept, kept => kept.Contains("GRU supports only 32-bit weights"));
        Assert.Contains("embedding", result.Quantized);
        Assert.NotEmpty(Generator(result.Model).GenerateMany(["la"], new RnnGenerationOptions { Seed = 1, MaximumLength = 9 })[0][0].Symbols);
        RnnLanguageNetworkOptions tiny = Joined.Network with { Cell = RnnCell.Gru, TiedEmbeddings = true };
        AssertThrows.With<InvalidOperationException>(() => Fit(Joined with { Network = tiny }, Lines).Quantize(), "got none", "Train with the cell Lstm");
    }

    [Fact]
    public void A_quantized_model_is_refused_for_quantization_and_for_training()
    {
        RnnLanguageModelTransformer small = Fit(Joined, Lines).Quantize();
        AssertThrows.With<ArgumentException>(() => small.Quantize(), "already");
        AssertThrows.With<ArgumentException>(() => _ml.Transforms.Text.RnnLanguageModel(Joined).ContinueFrom(small), "quantized");
    }

    private static double Perplexity(IDataView scored)
    {
        int symbols = scored.GetColumn<float[]>("Each").Sum(row => row.Length);
        return Math.Exp(-scored.GetColumn<float>("LogProbability").Sum(value => (double)value) / symbols);
    }
}
