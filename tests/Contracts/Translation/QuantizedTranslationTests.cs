using Microsoft.ML;
using MlNetRnn.Onnx;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>Translation models with 8-bit weights translate nearly the same, with ONNX Runtime.</summary>
public class QuantizedTranslationTests : TranslationCase
{
    [Theory]
    [InlineData(RnnAttention.Additive)]
    [InlineData(RnnAttention.General)]
    public void An_LSTM_decoder_has_8_bits_and_translates_nearly_the_same(RnnAttention attention)
    {
        RnnTranslationTransformer model = Fit(
            Small with
            {
                Network = Small.Network with
                {
                    Cell = RnnCell.Lstm,
                    HiddenSize = 64,
                    EmbeddingSize = 128,
                    Attention = attention,
                    InputFeeding = attention == RnnAttention.General,
                },
                Training = Small.Training with { MaxEpochs = 10 },
            },
            Pairs);
        RnnQuantization result = _ml.Model.Quantize(model, Data(Pairs), scored => _ml.Rnn().EvaluateTranslation(scored).ExactMatch);
        var small = (RnnTranslationTransformer)result.Model;
        Assert.True(small.IsQuantized);
        Assert.True(result.BytesBefore > 2 * result.BytesAfter, result.ToString());
        Assert.InRange(result.MetricAfter!.Value, result.MetricBefore!.Value - 0.1, 1);
        // The weights of the symbol and of the context, which the graph joins, have 8 bits.
        var graph = OnnxWeights.Parse(((RecurrentTranslationModel)small.Model).StepGraphs[0]).Graph;
        Assert.Contains(graph.Node, node => node.OpType == "DynamicQuantizeLSTM");
        Assert.DoesNotContain(graph.Node, node => node.OpType == "LSTM");
        Assert.Equal(Texts(small.Transform(Data(Pairs))), Texts(_ml.SaveAndLoad(small).Transform(Data(Pairs))));
        Assert.Throws<ArgumentException>(() => small.Quantize());
        Assert.Throws<ArgumentException>(() => _ml.Transforms.Text.RnnTranslation(Small).ContinueFrom(small));
    }

    [Fact]
    public void An_ensemble_is_quantized_member_by_member()
    {
        RnnTranslationTransformer model = Fit(Small with { Training = Small.Training with { MaxEpochs = 1 } }, Pairs);
        RnnTranslationTransformer small = _ml.Rnn().CreateEnsemble(model, model).Quantize();
        Assert.Equal(2, ((EnsembleTranslationModel)small.Model).Members.Count);
        Assert.Equal(12, Texts(small.Transform(SourceData(Sources))).Length);
    }
}
