using System.Text.Json;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The answers to /classify: the same as without a service.</summary>
[Collection(nameof(TinyModels))]
public sealed class ClassifyTests(TinyModels models) : IDisposable
{
    private const float Tolerance = 1e-4f;

    private static readonly string[] Texts =
    [
        "Where is my parcel? Out for delivery since Monday!", "", "You charged my card twice for one order", "  ", "Größe 🎉 パーセル",
        "cant log in since yesterday, no reset link", new string('x', 20_000),
    ];

    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Several_texts_are_answered_in_their_order_as_offline_and_as_one_by_one()
    {
        JsonElement reply = await _service.Ask("/classify", new { texts = Texts });
        JsonElement[] answers = [.. reply.GetProperty("answers").EnumerateArray()];
        float[][] offline = models.Offline(models.Topics, Texts);
        string[] labels = models.Offline<string>(models.Topics, Texts, "Answer");
        Assert.Equal(Texts.Length, answers.Length);
        Assert.True(labels.Distinct().Count() > 1);
        for (int i = 0; i < Texts.Length; i++)
        {
            float[] probabilities = Probabilities(answers[i]);
            AssertClose(offline[i], probabilities);
            AssertClose(probabilities, Probabilities(await _service.AskOne("/classify", new { text = Texts[i] })));
            Assert.Equal(labels[i], answers[i].GetProperty("label").GetString());
            Assert.Equal(
                labels[i],
                answers[i].GetProperty("classes").EnumerateArray().MaxBy(one => one.GetProperty("probability").GetSingle()).GetProperty("label").GetString());
            Assert.Equal(probabilities.Max(), answers[i].GetProperty("probability").GetSingle());
            Assert.False(answers[i].TryGetProperty("words", out _));
        }
    }

    [Fact]
    public async Task Classes_have_the_labels_of_the_file_and_the_model_its_version()
    {
        JsonElement reply = await _service.Ask("/classify", new { text = Texts[0] });
        string[] labels = [.. reply.GetProperty("answers")[0].GetProperty("classes").EnumerateArray().Select(one => one.GetProperty("label").GetString()!)];
        Assert.Equal(["account", "advice", "billing", "delivery", "returns", "technical"], labels.Order(StringComparer.Ordinal));
        Assert.Equal(Version(models.Topics), reply.GetProperty("model").GetString());
    }

    [Fact]
    public async Task The_importance_of_a_word_is_the_decrease_of_the_probability_without_it()
    {
        string[] texts = ["Don't charge my card twice, please! 🎉", "", "parcel"];
        JsonElement[] answers = [.. (await _service.Ask("/classify", new { texts, explain = true })).GetProperty("answers").EnumerateArray()];
        Assert.Equal(
            ["Don't", "charge", "my", "card", "twice", "please", "🎉"],
            answers[0].GetProperty("words").EnumerateArray().Select(word => word.GetProperty("text").GetString()));
        Assert.Empty(answers[1].GetProperty("words").EnumerateArray());
        Assert.Single(answers[2].GetProperty("words").EnumerateArray());
        foreach ((string text, JsonElement answer) in texts.Zip(answers))
        {
            float[] whole = Probabilities(answer);
            int best = Array.IndexOf(whole, whole.Max());
            foreach (JsonElement word in answer.GetProperty("words").EnumerateArray())
            {
                (int start, int length) = (word.GetProperty("start").GetInt32(), word.GetProperty("length").GetInt32());
                Assert.Equal(word.GetProperty("text").GetString(), text.Substring(start, length));
                float without = models.Offline(models.Topics, [text.Remove(start, length)])[0][best];
                Assert.Equal(whole[best] - without, word.GetProperty("importance").GetSingle(), Tolerance);
            }
        }
        Assert.Contains(answers[0].GetProperty("words").EnumerateArray(), word => Math.Abs(word.GetProperty("importance").GetSingle()) > Tolerance);
    }

    [Fact]
    public async Task A_hundred_words_are_explained()
    {
        JsonElement answer = await _service.AskOne("/classify", new { text = string.Concat(Enumerable.Repeat("word, ", 100)), explain = true });
        Assert.Equal(100, answer.GetProperty("words").GetArrayLength());
    }

    [Fact]
    public async Task A_regression_predicts_a_number()
    {
        using var service = new RunningService(models.Stars, models.Entities);
        float[] offline = models.Offline<float>(models.Stars, Texts, "Score");
        JsonElement reply = await service.Ask("/classify", new { texts = Texts });
        AssertClose(offline, [.. reply.GetProperty("answers").EnumerateArray().Select(answer => answer.GetProperty("score").GetSingle())]);
        JsonElement explained = await service.AskOne("/classify", new { text = "good bad", explain = true });
        float[] parts = models.Offline<float>(models.Stars, ["good bad", " bad", "good "], "Score");
        AssertClose(
            [parts[0] - parts[1], parts[0] - parts[2]],
            [.. explained.GetProperty("words").EnumerateArray().Select(word => word.GetProperty("importance").GetSingle())]);
    }

    [Fact]
    public async Task A_binary_classifier_has_two_classes()
    {
        foreach ((string file, string no, string yes) in new[] { (models.PlainBinary, "false", "true"), (models.NamedBinary, "bad", "good") })
        {
            using var service = new RunningService(file, models.Entities);
            JsonElement[] answers = [.. (await service.Ask("/classify", new { texts = Texts })).GetProperty("answers").EnumerateArray()];
            float[] offline = models.Offline<float>(file, Texts, "Probability");
            AssertClose(offline, [.. answers.Select(answer => Probabilities(answer)[1])]);
            Assert.All(
                answers, answer => Assert.Equal([no, yes], answer.GetProperty("classes").EnumerateArray().Select(one => one.GetProperty("label").GetString())));
            Assert.All(answers, answer => Assert.Equal(Probabilities(answer)[1] > 0.5f ? yes : no, answer.GetProperty("label").GetString()));
        }
    }

    [Fact]
    public async Task Sixteen_clients_at_once_get_the_same_answers_as_one()
    {
        float[][] offline = models.Offline(models.Topics, Texts);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            for (int request = 0; request < 15; request++)
            {
                int i = (client + request) % Texts.Length;
                AssertClose(offline[i], Probabilities(await _service.AskOne("/classify", new { text = Texts[i], explain = i == 2 })));
            }
        })));
    }

    internal static string Version(string file) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))).ToLowerInvariant()[..12];

    internal static float[] Probabilities(JsonElement answer) =>
        [.. answer.GetProperty("classes").EnumerateArray().Select(one => one.GetProperty("probability").GetSingle())];

    internal static void AssertClose(float[] expected, float[] got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], got[i], Tolerance);
    }
}
