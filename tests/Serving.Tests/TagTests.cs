using System.Text.Json;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The answers to /tag.</summary>
[Collection(nameof(TinyModels))]
public sealed class TagTests(TinyModels models) : IDisposable
{
    private static readonly string[] Texts =
    [
        "Maria Lindgren flew from Oslo to The Hague on Friday.",
        "",
        "🎉 Anna-Lena's café (déjà vu) in 東京 👩‍👩‍👧! don't",
        "Ma\u00ADria from 🇳🇴 lives in Os\u00ADlo .",
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
            // A long text is tagged in pieces, so that the tags may differ from those of the whole text.
            string?[] tokens = [.. Strings(answers[i], "tokens", "text")];
            if (tokens.Length is > 0 and <= SentencePieces.Longest)
                Assert.Equal(models.OfflineTags(models.Entities, tokens!), Strings(answers[i], "tokens", "tag"));
        }
        Assert.Empty(Strings(answers[1], "tokens", "text"));
        Assert.Empty(Strings(answers[4], "spans", "type"));
    }

    [Fact]
    public async Task A_long_text_is_tagged_to_its_end_each_piece_as_a_text_of_its_own()
    {
        string?[] tags = [.. Strings(await _service.AskOne("/tag", new { text = Texts[5] }), "tokens", "tag")];
        Assert.Equal(250 * 5, tags.Length);
        IReadOnlyList<ArraySegment<RnnToken>> pieces = SentencePieces.Of([.. RnnTokenizer.Tokenize(Texts[5])]);
        Assert.Equal(pieces.SelectMany(piece => models.OfflineTags(models.Entities, [.. piece.Select(token => token.Text)])), tags);
        // All pieces but the last hold the same 80 sentences.
        Assert.Equal([400, 400, 400, 50], pieces.Select(piece => piece.Count));
        Assert.Equal(tags[..400], tags[400..800]);
    }

    [Fact]
    public async Task Offsets_are_UTF_16_characters_of_the_text_as_it_was_sent()
    {
        JsonElement[] answers = [.. (await _service.Ask("/tag", new { texts = Texts })).GetProperty("answers").EnumerateArray()];
        foreach ((string text, JsonElement answer) in Texts.Zip(answers))
        {
            Assert.Equal(
                RnnTokenizer.Tokenize(text).Select(token => (token.Text, token.Start, token.Length)),
                answer.GetProperty("tokens").EnumerateArray()
                    .Select(token => (token.GetProperty("text").GetString()!, token.GetProperty("start").GetInt32(), token.GetProperty("length").GetInt32())));
            foreach (JsonElement span in answer.GetProperty("spans").EnumerateArray())
                Assert.Equal(text.Substring(span.GetProperty("start").GetInt32(), span.GetProperty("length").GetInt32()), span.GetProperty("text").GetString());
        }
    }

    [Fact]
    public async Task A_flag_is_one_token_and_a_soft_hyphen_is_part_of_the_token_but_not_of_its_text()
    {
        JsonElement answer = await _service.AskOne("/tag", new { text = "Ma\u00ADria 🇳🇴." });
        Assert.Equal(["Maria", "🇳🇴", "."], Strings(answer, "tokens", "text"));
        Assert.Equal(
            [(0, 6), (7, 4), (11, 1)],
            answer.GetProperty("tokens").EnumerateArray().Select(token => (token.GetProperty("start").GetInt32(), token.GetProperty("length").GetInt32())));
    }

    [Fact]
    public async Task Spans_are_those_that_the_tags_mark()
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
        Assert.Equal(
            models.OfflineTags(models.PartsOfSpeech, [.. RnnTokenizer.Tokenize(Texts[0]).Select(token => token.Text)]), Strings(answer, "tokens", "tag"));
    }

    [Fact]
    public async Task BMES_tags_mark_spans_of_several_tokens()
    {
        using var service = new RunningService(models.Topics, models.TaggerOf("bmes", BmesTags));
        JsonElement answer = await service.AskOne("/tag", new { text = "in New York City and Oslo" });
        Assert.Equal(["O", "B-LOC", "M-LOC", "E-LOC", "O", "S-LOC"], Strings(answer, "tokens", "tag"));
        Assert.Equal(["New York City", "Oslo"], Strings(answer, "spans", "text"));
        Assert.Equal(["LOC", "LOC"], Strings(answer, "spans", "type"));
    }

    [Fact]
    public async Task A_stray_tag_belongs_to_no_span_and_does_not_affect_other_spans()
    {
        using var service = new RunningService(models.Topics, models.TaggerOf("stray", word => word == "and" ? "0" : BmesTags(word)));
        JsonElement answer = await service.AskOne("/tag", new { text = "New York City and Oslo" });
        Assert.Equal(["B-LOC", "M-LOC", "E-LOC", "0", "S-LOC"], Strings(answer, "tokens", "tag"));
        Assert.Equal(["New York City", "Oslo"], Strings(answer, "spans", "text"));
    }

    private static string BmesTags(string word) => word switch
    {
        "New" => "B-LOC",
        "York" => "M-LOC",
        "City" => "E-LOC",
        "Oslo" => "S-LOC",
        _ => "O",
    };

    private static IEnumerable<string?> Strings(JsonElement answer, string list, string property) =>
        answer.GetProperty(list).EnumerateArray().Select(one => one.GetProperty(property).GetString());

    private static float[] Numbers(JsonElement answer) =>
        [.. answer.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("probability").GetSingle())];
}
