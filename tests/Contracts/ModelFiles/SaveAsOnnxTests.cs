using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using MlNetRnn.Transforms.Tests.Sequences;

namespace MlNetRnn.Contracts;

/// <summary>The exported files are sufficient for a program without ML.NET to compute the same scores.</summary>
public class SaveAsOnnxTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_graph_and_the_vocabulary_file_are_sufficient_to_score()
    {
        using var folder = new TemporaryFolder();
        RnnTransformer model = Train("Parcel is late", "Wrong bill again", RnnTextClassificationContract.Tiny);
        using JsonDocument companion = Export(model, folder);
        JsonElement root = companion.RootElement, reading = root.GetProperty("reading");
        string?[] tokens = Tokens(root);
        Assert.True(tokens[0] is null && tokens[1] is null);
        Assert.Equal("Text", reading.GetProperty("kind").GetString());
        Assert.Equal(["late", "bill"], root.GetProperty("labels").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal("Word", reading.GetProperty("tokenization").GetString());
        Assert.True(reading.GetProperty("lowerCase").GetBoolean());

        long[] ids = [.. new[] { "parcel", "is", "late", "nonsense" }.Select(word => Math.Max(1L, Array.IndexOf(tokens, word)))];
        using var session = new InferenceSession(folder.File("model.onnx"));
        Assert.Equal(["tokens", "lengths"], session.InputMetadata.Keys);
        Assert.Equal(["scores"], session.OutputMetadata.Keys);
        Assert.Equal(root.GetProperty("inputs").EnumerateObject().Select(p => p.Name), session.InputMetadata.Keys);
        // Two padded places after the end of the row change nothing.
        Rows.AssertClose([Score(model, "Parcel is LATE nonsense")], [Run(session, [.. ids, 0L, 0L], ids.Length)]);
    }

    /// <summary>The rules of docs/model-format.md are sufficient to score any text: split into words, lowercase, look up, cut at the maximum length.</summary>
    [Theory]
    [InlineData("Parcel is LATE nonsense")]
    [InlineData("The bill, again: wrong!!! 😀👍🏽 🇳🇱🇫🇷 it's co\u00ADop\u200Bzero e-mail 東京は雨 naïve é")]
    [InlineData("")]
    [InlineData("parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel parcel")]
    public void The_documented_rules_give_the_same_scores(string text)
    {
        using var folder = new TemporaryFolder();
        RnnTextClassificationOptions options = RnnTextClassificationContract.Tiny;
        options = options with { Text = options.Text with { MaximumLength = 10 } };
        RnnTransformer model = Train("Parcel is late 😀 🇳🇱", "Wrong bill again coop 東", options);
        using JsonDocument companion = Export(model, folder);
        JsonElement reading = companion.RootElement.GetProperty("reading");
        Assert.Equal(3, reading.GetProperty("wordRules").GetInt32());
        string?[] tokens = Tokens(companion.RootElement);
        IEnumerable<string> words = DocumentedWords.Of(text).Take(reading.GetProperty("maximumLength").GetInt32());
        long[] ids = [.. words.Select(word => Math.Max(1L, Array.IndexOf(tokens, word.ToLowerInvariant())))];
        if (ids.Length == 0) ids = [1];
        using var session = new InferenceSession(folder.File("model.onnx"));
        Rows.AssertClose([Score(model, text)], [Run(session, ids, ids.Length)]);
    }

    private RnnTransformer Train(string late, string bill, RnnTextClassificationOptions options)
    {
        IDataView data = _ml.LoadRows(30, i => new LabeledText { Label = i % 2 == 0 ? "late" : "bill", Text = i % 2 == 0 ? late : bill });
        return _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(_ml.MapToKeys(data));
    }

    private float[] Score(RnnTransformer model, string text) => Rows.Scores(model.Transform(_ml.LoadRows(new LabeledText { Text = text })), "Score")[0];

    private static JsonDocument Export(RnnTransformer model, TemporaryFolder folder)
    {
        model.SaveAsOnnx(folder.File("model.onnx"));
        return JsonDocument.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
    }

    private static string?[] Tokens(JsonElement root) => [.. root.GetProperty("tokens").EnumerateArray().Select(token => token.GetString())];

    private static float[] Run(InferenceSession session, long[] ids, int length)
    {
        using var tokens = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        using var lengths = OrtValue.CreateTensorValueFromMemory(new[] { length }, [1]);
        using var run = new RunOptions();
        using var result = session.Run(run, ["tokens", "lengths"], [tokens, lengths], ["scores"]);
        return result[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
