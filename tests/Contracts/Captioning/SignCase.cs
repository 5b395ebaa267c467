using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Signs of two regions, each with a color and a shape, and two captions each: "red dot then blue bar", "blue bar after red dot".</summary>
internal static class SignCase
{
    public const int RegionSize = 6, Regions = 2;

    private static readonly string[] Colors = ["red", "blue", "green"], Shapes = ["dot", "bar", "ring"];

    public static RnnCaptioningOptions Options { get; } = new()
    {
        RegionSize = RegionSize,
        MinimumCount = 1,
        LabelSmoothing = 0,
        Network = new RnnCaptioningNetworkOptions { HiddenSize = 32, EmbeddingSize = 16, RegionVectorSize = 32, Dropout = 0 },
        Training = new RnnTrainingOptions { BatchSize = 16, MaxEpochs = 40, LearningRate = 0.01f, Seed = 1, Threads = 1, ValidationFraction = 0 },
        Decoding = new RnnTranslationDecodingOptions { BeamWidth = 3, MaximumLength = 12 },
    };

    public static IDataView View(MLContext ml, IEnumerable<Sign> signs)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sign));
        schema[nameof(Sign.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, RegionSize * Regions);
        return ml.Data.LoadFromEnumerable(signs, schema);
    }

    /// <summary>Returns all 81 signs, in two rows each, with one of their captions.</summary>
    public static Sign[] All() => [.. Enumerable.Range(0, 81).SelectMany(Rows)];

    public static Sign[] Rows(int sign)
    {
        (int place, int first, int second) = (0, sign / 9, sign % 9);
        float[] features = new float[RegionSize * Regions];
        foreach (int part in new[] { first, second })
        {
            features[place + part / 3] = 1;
            features[place + 3 + part % 3] = 1;
            place += RegionSize;
        }
        string a = $"{Colors[first / 3]} {Shapes[first % 3]}", b = $"{Colors[second / 3]} {Shapes[second % 3]}";
        return
        [
            new Sign { Features = features, Target = $"{a} then {b}", Id = sign },
            new Sign { Features = [.. features], Target = $"{b} and {a}", Id = sign },
        ];
    }
}

/// <summary>A sign with a caption.</summary>
internal sealed class Sign
{
    public float[] Features { get; set; } = [];

    public string Target { get; set; } = "";

    /// <summary>The number of the sign, which its two rows share.</summary>
    public int Id { get; set; }
}
