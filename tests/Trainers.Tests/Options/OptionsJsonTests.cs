using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.ML;
using MlNetRnn.Options;

namespace MlNetRnn.Trainers.Tests.Options;

/// <summary>C06: a model file keeps every option that differs from its default.</summary>
public class OptionsJsonTests
{
    [Fact]
    public void A_model_file_keeps_every_option()
    {
        RnnTextClassificationOptions options = (RnnTextClassificationOptions)Changed(new RnnTextClassificationOptions());
        // Values that suit the data and each other.
        options = options with
        {
            InputColumnName = "Text",
            LabelColumnName = "Label",
            ExampleWeightColumnName = null,
            FrameSize = 0,
            LabelSmoothing = 0,
            ClassWeighting = RnnClassWeighting.Given,
            ClassWeights = new Dictionary<string, float> { ["1"] = 2 },
            Text = options.Text with { WordBigrams = false, PretrainedVectors = null, FreezeVectors = false },
            Network = options.Network with { HiddenSize = 4, EmbeddingSize = 4, Cell = RnnCell.Elman, Pooling = RnnPooling.Attention },
            Training = options.Training with { MaxEpochs = 1 },
        };
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10).Select(i => new Row { Label = $"{i % 2}", Text = $"word{i % 2}" }));
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        using var stream = new MemoryStream();
        ml.Model.Save(ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keyed), null, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        RnnTransformer again = loaded as RnnTransformer ?? ((IEnumerable)loaded).OfType<RnnTransformer>().Single();
        Assert.Equal(Json(options), Json(OptionsJson.Read<RnnTextClassificationOptions>(again.Model.Spec.Options)));
    }

    [Fact]
    public void Json_keeps_every_option_of_every_trainer()
    {
        AssertJsonKeeps(new RnnTextClassificationOptions());
        AssertJsonKeeps(new RnnBinaryTextClassificationOptions());
        AssertJsonKeeps(new RnnTextRegressionOptions());
        AssertJsonKeeps(new RnnSequenceTaggingOptions());
    }

    private static void AssertJsonKeeps<TOptions>(TOptions defaults) where TOptions : RnnSequenceOptions
    {
        var changed = (TOptions)Changed(defaults);
        Assert.NotEqual(Json(defaults), Json(changed));
        Assert.Equal(Json(changed), Json(OptionsJson.Read<TOptions>(OptionsJson.Write(changed))));
    }

    private static string Json(object options) => OptionsJson.Write(options).GetRawText();

    [Fact]
    public void Only_options_that_are_not_data_are_omitted_from_the_file()
    {
        string[] ignored = [.. typeof(RnnTrainingOptions).GetProperties()
            .Where(IsOmitted).Select(p => p.Name)];
        Assert.Equal(["ValidationSet", "CheckpointFolder", "ReportGradientFlow", "Progress", "CancellationToken"], ignored);
    }

    private static bool IsOmitted(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Always };

    /// <summary>Returns a copy in which every property that is data has another valid value.</summary>
    private static object Changed(object options)
    {
        object copy = options.GetType().GetMethod("<Clone>$")!.Invoke(options, null)!;
        foreach (PropertyInfo property in options.GetType().GetProperties().Where(p => !IsOmitted(p)))
        {
            if (!property.CanWrite) continue;
            object? before = property.GetValue(options);
            object after = before switch
            {
                string text => text + "2",
                bool flag => !flag,
                int number => number + 1,
                float number => number == 0 ? 0.5f : number * 0.5f,
                double number => number * 0.5,
                IReadOnlyList<RnnAdditionalColumnOptions> => new[] { new RnnAdditionalColumnOptions { ColumnName = "a", FrameSize = 2, EmbeddingSize = 3 } },
                Enum => Enum.GetValues(property.PropertyType).Cast<object>().First(value => !value.Equals(before)),
                null when property.PropertyType == typeof(string) => property.Name,
                null when property.PropertyType == typeof(IReadOnlyDictionary<string, float>) => new Dictionary<string, float> { ["a"] = 0.5f },
                null when property.PropertyType == typeof(TimeSpan?) => TimeSpan.FromDays(1),
                null => 7,                          // int? Seed
                _ => Changed(before),
            };
            property.SetValue(copy, after);
            Assert.NotEqual(before, property.GetValue(copy));
        }
        return copy;
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
