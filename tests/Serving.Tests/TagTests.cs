using System.Text.Json;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>What is said of the words of texts.</summary>
[Collection(nameof(TinyModels))]
public sealed class TagTests(TinyModels models) : IDisposable
{
    private static readonly string[] Texts =
    [
        "Maria Lindgren flew from Oslo to The Hague on Friday.",
        "",
        "🎉 Anna-Lena's café (déjà vu) in 東京 👩‍👩‍👧! don't",
        " \t\n",
        string.Join(' ', Enumerable.Repeat("Who lives in Oslo ?", 250)),
    ];

    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Tags_are_those_of_the_model_offline_and_the_same_one_by_one()
    {
        JsonElement reply = await _service.Ask("/tag", new { texts = Texts });
        Assert.Equal(ClassifyTests.Version(models.Entities), reply.GetProperty("model").GetString());
        JsonElement[] answers = [.. reply.GetProperty("answers").EnumerateArray()];
        Assert.Equal(Texts.Length, answers.Length);
        for (int i = 0; i < Texts.Length; i++)
        {
            JsonElement alone = await _service.AskOne("/tag", new { text = Texts[i] });
            Assert.Equal(Strings(alone, "tokens", "tag"), Strings(answers[i], "tokens", "tag"));
            ClassifyTests.AssertClose(Numbers(alone), Numbers(answers[i]));
            // A text that is tagged in pieces is another one offline.
            string?[] tokens = Strings(answers[i], "tokens", "text");
            if (tokens.Length is > 0 and <= SentencePieces.Longest) Assert.Equal(models.OfflineTags(models.Entities, tokens!), Strings(answers[i], "tokens", "tag"));
        }
        Assert.Empty(Strings(answers[1], "tokens", "text"));
        Assert.Empty(Strings(answers[3], "spans", "type"));
    }

    [Fact]
    public async Task A_long_text_is_tagged_to_its_end_and_each_of_its_sentences_alike()
    {
        string?[] tags = Strings(await _service.AskOne("/tag", new { text = Texts[4] }), "tokens", "tag");
        Assert.Equal(250 * 5, tags.Length);
        Assert.All(tags, Assert.NotNull);
    }

    [Fact]
    public async Task Places_are_counted_in_UTF_16_characters()
    {
        foreach (JsonElement answer in (await _service.Ask("/tag", new { texts = Texts })).GetProperty("answers").EnumerateArray())
        {
            string text = Texts.First(text => Strings(answer, "tokens", "text").SequenceEqual(Token.All(text).Select(token => token.Text)));
            foreach (JsonElement part in answer.GetProperty("tokens").EnumerateArray().Concat(answer.GetProperty("spans").EnumerateArray()))
                Assert.Equal(text.Substring(part.GetProperty("start").GetInt32(), part.GetProperty("length").GetInt32()), part.GetProperty("text").GetString());
        }
    }

    [Fact]
    public async Task Spans_are_what_the_tags_mark()
    {
        int found = 0;
        foreach (JsonElement answer in (await _service.Ask("/tag", new { texts = Texts })).GetProperty("answers").EnumerateArray())
        {
            JsonElement[] tokens = [.. answer.GetProperty("tokens").EnumerateArray()];
            int begun = Strings(answer, "tokens", "tag").Count(tag => tag!.StartsWith("B-", StringComparison.Ordinal));
            Assert.Equal(begun, answer.GetProperty("spans").GetArrayLength());
            foreach (JsonElement span in answer.GetProperty("spans").EnumerateArray())
            {
                JsonElement first = tokens.Single(token => token.GetProperty("start").GetInt32() == span.GetProperty("start").GetInt32());
                Assert.Equal($"B-{span.GetProperty("type").GetString()}", first.GetProperty("tag").GetString());
                found++;
            }
        }
        Assert.True(found > 0);
    }

    [Fact]
    public async Task Parts_of_speech_mark_no_spans()
    {
        using var service = new RunningService(models.Topics, models.PartsOfSpeech);
        JsonElement answer = await service.AskOne("/tag", new { text = Texts[0] });
        Assert.Empty(answer.GetProperty("spans").EnumerateArray());
        Assert.Equal(models.OfflineTags(models.PartsOfSpeech, [.. Token.All(Texts[0]).Select(token => token.Text)]), Strings(answer, "tokens", "tag"));
    }

    private static string?[] Strings(JsonElement answer, string list, string property) => [.. answer.GetProperty(list).EnumerateArray().Select(one => one.GetProperty(property).GetString())];

    private static float[] Numbers(JsonElement answer) => [.. answer.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("probability").GetSingle())];
}
