using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Contracts;

/// <summary>The exported files are enough: a program that knows nothing of ML.NET gets the same scores from them.</summary>
public class SaveAsOnnxTests
{
    [Fact]
    public void The_graph_and_its_companion_are_enough_to_score()
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Row { Label = i % 2 == 0 ? "late" : "bill", Text = i % 2 == 0 ? "Parcel is late" : "Wrong bill again" }).ToArray());
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnTextClassification(RnnTextClassificationContract.Tiny).Fit(keyed);
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"));

        using JsonDocument companion = JsonDocument.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
        JsonElement root = companion.RootElement;
        string?[] tokens = [.. root.GetProperty("tokens").EnumerateArray().Select(token => token.GetString())];
        Assert.True(tokens[0] is null && tokens[1] is null);
        Assert.Equal("Text", root.GetProperty("reading").GetProperty("kind").GetString());
        Assert.Equal(["late", "bill"], root.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal("Word", root.GetProperty("reading").GetProperty("tokenization").GetString());
        Assert.True(root.GetProperty("reading").GetProperty("lowerCase").GetBoolean());

        long[] ids = [.. new[] { "parcel", "is", "late", "nonsense" }.Select(word => Math.Max(1L, Array.IndexOf(tokens, word)))];
        using var session = new InferenceSession(folder.File("model.onnx"));
        Assert.Equal(["tokens", "lengths"], session.InputMetadata.Keys);
        Assert.Equal(["scores"], session.OutputMetadata.Keys);
        Assert.Equal(root.GetProperty("inputs").EnumerateObject().Select(p => p.Name), session.InputMetadata.Keys);
        // Two places of padding after the end of the row change nothing.
        using var tokenValue = OrtValue.CreateTensorValueFromMemory([.. ids, 0L, 0L], [1, 6]);
        using var lengthValue = OrtValue.CreateTensorValueFromMemory(new[] { 4 }, [1]);
        using var run = new RunOptions();
        using var result = session.Run(run, ["tokens", "lengths"], [tokenValue, lengthValue], ["scores"]);
        float[] expected = Rows.Scores(model.Transform(ml.Data.LoadFromEnumerable(new[] { new Row { Text = "Parcel is LATE nonsense" } })), "Score")[0];
        Rows.AssertClose([expected], [result[0].GetTensorDataAsSpan<float>().ToArray()]);
    }

    /// <summary>The rules in docs/model-format.md are enough to score any text with the exported graph: words cut, lower-cased, numbered, cut at the maximum length.</summary>
    [Theory]
    [InlineData("Parcel is LATE nonsense")]
    [InlineData("The bill, again: wrong!!! 😀👍🏽 🇳🇱🇫🇷 it's co\u00ADop\u200Bzero e-mail 東京は雨 naïve é")]
    [InlineData("")]
    [InlineData("parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel")]
    public void The_documented_rules_give_the_same_scores(string text)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Row { Label = i % 2 == 0 ? "late" : "bill", Text = i % 2 == 0 ? "Parcel is late 😀 🇳🇱" : "Wrong bill again coop 東" }).ToArray());
        IDataView keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTextClassificationOptions tiny = RnnTextClassificationContract.Tiny;
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnTextClassification(tiny with { Text = tiny.Text with { MaximumLength = 10 } }).Fit(keyed);
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"));
        using JsonDocument companion = JsonDocument.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
        JsonElement reading = companion.RootElement.GetProperty("reading");
        Assert.Equal(3, reading.GetProperty("wordRules").GetInt32());
        string?[] tokens = [.. companion.RootElement.GetProperty("tokens").EnumerateArray().Select(token => token.GetString())];
        long[] ids = [.. MlNetRnn.Transforms.Tests.Sequences.DocumentedWords.Of(text).Take(reading.GetProperty("maximumLength").GetInt32()).Select(word => Math.Max(1L, Array.IndexOf(tokens, word.ToLowerInvariant())))];
        if (ids.Length == 0) ids = [1];
        using var session = new InferenceSession(folder.File("model.onnx"));
        using var tokenValue = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var lengthValue = OrtValue.CreateTensorValueFromMemory(new[] { ids.Length }, [1]);
        using var run = new RunOptions();
        using var result = session.Run(run, ["tokens", "lengths"], [tokenValue, lengthValue], ["scores"]);
        Rows.AssertClose(Rows.Scores(model.Transform(ml.Data.LoadFromEnumerable(new[] { new Row { Text = text } })), "Score"), [result[0].GetTensorDataAsSpan<float>().ToArray()]);
    }

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }
}
