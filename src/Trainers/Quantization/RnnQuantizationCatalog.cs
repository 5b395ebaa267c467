using Microsoft.ML.Runtime;
using MlNetRnn;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Quantization;

namespace Microsoft.ML;

/// <summary>Where models become smaller and faster to score: beside <c>mlContext.Model.Save</c>.</summary>
public static class RnnQuantizationCatalog
{
    /// <summary>
    /// A model whose networks have 8-bit weights where ONNX Runtime computes with such: LSTM layers, tables of word vectors, large linear layers (dynamic
    /// quantisation, symmetric, a scale for each row). It is about a quarter of the size, and an LSTM scores faster. GRU, Elman and convolutions have no such
    /// operator and stay as they are.
    /// </summary>
    /// <remarks>
    /// Inputs and states are rounded with the scale of their batch, so that the score of a row depends a little on the rows that are scored with it (on 2,249
    /// messages a probability differed by 0.00005 in the median, 0.02 at most). A quantised model cannot be trained on.
    /// </remarks>
    /// <param name="catalog">ML.NET's operations on models.</param>
    /// <param name="model">A transformer of this library, or a chain that has one, as Fit or Load gives it. It stays as it is.</param>
    /// <exception cref="ArgumentException">There is no network in the model, or it is quantised already.</exception>
    /// <exception cref="InvalidOperationException">Nothing in a network can have 8 bits; the message says why.</exception>
    public static RnnQuantization Quantize(this ModelOperationsCatalog catalog, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RnnQuantization result = new ModelQuantization().Quantize(model);
        Log(CatalogEnvironment.Of(catalog), result);
        return result;
    }

    /// <summary>The same, and what it costs: the metric of both models on rows that you choose, also written to ML.NET's log.</summary>
    /// <param name="catalog">ML.NET's operations on models.</param>
    /// <param name="model">A transformer of this library, or a chain that has one, as Fit or Load gives it. It stays as it is.</param>
    /// <param name="validationSet">Rows to measure on.</param>
    /// <param name="metric">Measures scored rows: <c>scored => mlContext.MulticlassClassification.Evaluate(scored).MicroAccuracy</c>.</param>
    /// <exception cref="ArgumentException">There is no network in the model, or it is quantised already.</exception>
    /// <exception cref="InvalidOperationException">Nothing in a network can have 8 bits; the message says why.</exception>
    public static RnnQuantization Quantize(this ModelOperationsCatalog catalog, ITransformer model, IDataView validationSet, Func<IDataView, double> metric)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validationSet);
        ArgumentNullException.ThrowIfNull(metric);
        RnnQuantization result = new ModelQuantization().Quantize(model);
        result = result with { MetricBefore = metric(model.Transform(validationSet)), MetricAfter = metric(result.Model.Transform(validationSet)) };
        Log(CatalogEnvironment.Of(catalog), result);
        return result;
    }

    private static void Log(IHostEnvironment environment, RnnQuantization result)
    {
        using IChannel channel = environment.Start("Quantize");
        channel.Info(MessageSensitivity.None, result.ToString());
    }
}
