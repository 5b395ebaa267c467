using Microsoft.ML;

namespace MlNetRnn.Interop;

/// <summary>Two kinds of short messages, and options for a network that learns them in a few seconds.</summary>
internal static class Messages
{
    public static RnnTextClassificationOptions Tiny { get; } = new()
    {
        Network = new RnnNetworkOptions { HiddenSize = 12, EmbeddingSize = 12 },
        Training = new RnnTrainingOptions { MaxEpochs = 15, LearningRate = 0.02f, Seed = 1, Threads = 1 },
    };

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Message
    {
        Label = i % 2 == 0 ? "late" : "bill",
        Text = i % 2 == 0 ? $"my parcel {i} is late" : $"the bill {i} is wrong again",
    }).ToArray());
}

/// <summary>A message and its topic.</summary>
public sealed class Message
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";
}
