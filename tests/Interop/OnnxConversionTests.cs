using Microsoft.ML;

namespace MlNetRnn.Interop;

/// <summary>ConvertToOnnx of ML.NET cannot export our network. It must throw instead of writing a graph without the network.</summary>
public class OnnxConversionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_chain_with_a_network_is_refused_with_the_method_to_use()
    {
        IDataView data = Messages.Load(_ml);
        ITransformer chain = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.RnnTextClassification(Messages.Tiny))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(data);
        AssertRefused(chain, data, "RnnTransformer", "SaveAsOnnx");
        AssertRefused(chain, data, "SaveAsOnnx", outputColumns: "PredictedLabel");
    }

    [Fact]
    public void A_network_alone_is_refused()
    {
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(Messages.Load(_ml)).Transform(Messages.Load(_ml));
        AssertRefused(_ml.MulticlassClassification.Trainers.RnnTextClassification(Messages.Tiny).Fit(data), data, "SaveAsOnnx");
    }

    [Fact]
    public void A_tokenizer_is_refused_with_the_name_of_its_column()
    {
        IDataView data = Messages.Load(_ml);
        AssertRefused(_ml.Transforms.Text.TokenizeWithOffsets("Tokens", "Text").Fit(data), data, "tokenizer of 'Text'");
    }

    private void AssertRefused(ITransformer model, IDataView data, params string[] named) => AssertRefused(model, data, named, outputColumns: null);

    private void AssertRefused(ITransformer model, IDataView data, string named, string outputColumns) => AssertRefused(model, data, [named], outputColumns);

    private void AssertRefused(ITransformer model, IDataView data, string[] named, string? outputColumns)
    {
        using var stream = new MemoryStream();
        Exception e = Record.Exception(() =>
        {
            if (outputColumns is null) _ml.Model.ConvertToOnnx(model, data, stream);
            else _ml.Model.ConvertToOnnx(model, data, stream, outputColumns);
        });
        Assert.NotNull(e);
        Assert.All(named, part => Assert.Contains(part, e.GetBaseException().Message));
        Assert.Equal(0, stream.Length);
    }
}
