using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the tests of the pool: messages, small models, and the predictions of an engine.</summary>
public abstract class PoolCase
{
    private protected readonly MLContext _ml = new(1);
    private protected readonly LabeledText[] _messages =
    [
        .. Enumerable.Range(0, 40).Select(i => new LabeledText { Label = $"class {i % 3}", Text = $"word{i % 3} filler{i % 7} word{i % 3}" }),
    ];

    /// <summary>A short period between checks of the model file.</summary>
    private protected static TimeSpan Often { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest time that a test waits.</summary>
    private protected static TimeSpan Long { get; } = TimeSpan.FromSeconds(30);

    private protected RnnTransformer Train(int seed, int size = 9)
    {
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        options = options with
        {
            Network = options.Network with { HiddenSize = size, EmbeddingSize = size },
            Training = options.Training with { Seed = seed },
        };
        return _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(_ml.MapToKeys(_ml.LoadRows(_messages)));
    }

    /// <summary>Saves to a new file and renames it, so that no reader finds an incomplete file.</summary>
    private protected void Save(RnnTransformer model, string file)
    {
        _ml.Model.Save(model, _ml.LoadRows(_messages).Schema, $"{file}.new");
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>Returns the scores of all messages by a prediction engine.</summary>
    private protected float[][] Expected(RnnTransformer model)
    {
        using PredictionEngine<LabeledText, Prediction> engine = _ml.Model.CreatePredictionEngine<LabeledText, Prediction>(model);
        return [.. _messages.Select(message => engine.Predict(message).Score)];
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
