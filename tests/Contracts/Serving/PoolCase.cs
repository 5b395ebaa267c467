using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>What the tests of the pool share: messages, small models of them, and what an engine says.</summary>
public abstract class PoolCase
{
    private protected readonly MLContext _ml = new(1);
    private protected readonly Message[] _messages = [.. Enumerable.Range(0, 40).Select(i => new Message { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} word{i % 3}" })];

    private protected RnnTransformer Train(int seed, int size = 9)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_messages);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTextClassificationOptions tiny = RnnTextClassificationContract.Tiny;
        return _ml.MulticlassClassification.Trainers.RnnTextClassification(tiny with { Network = tiny.Network with { HiddenSize = size, EmbeddingSize = size }, Training = tiny.Training with { Seed = seed } }).Fit(keyed);
    }

    /// <summary>Beside it and renamed: nobody sees half a file.</summary>
    private protected void Save(RnnTransformer model, string file)
    {
        _ml.Model.Save(model, _ml.Data.LoadFromEnumerable(_messages).Schema, $"{file}.new");
        File.Move($"{file}.new", file, overwrite: true);
    }

    private protected float[][] Expected(RnnTransformer model)
    {
        using PredictionEngine<Message, Prediction> engine = _ml.Model.CreatePredictionEngine<Message, Prediction>(model);
        return [.. _messages.Select(message => engine.Predict(message).Score)];
    }

    private protected sealed class Message
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private protected sealed class Other
    {
        public string Body { get; set; } = "";
    }

    private protected sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
