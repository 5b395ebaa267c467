using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The path /translate: translations with their alignment.</summary>
[Collection(nameof(TinyModels))]
public sealed class TranslateTests(TinyModels models) : IDisposable
{
    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task The_translations_are_those_of_the_translator_with_their_alignment()
    {
        JsonElement reply = await _service.Ask("/translate", new { text = "4 0 7", beam = 4, nBest = 3 });
        JsonElement answer = Assert.Single(reply.GetProperty("answers").EnumerateArray());
        IReadOnlyList<RnnTranslation> expected = Offline(TinyModels.Translator, "4 0 7", new RnnTranslationDecodingOptions { BeamWidth = 4, NBest = 3 });
        Assert.Equal(ClassifyTests.Version(TinyModels.Translator), reply.GetProperty("model").GetString());
        Assert.Equal(["4", " ", "0", " ", "7", ""], Texts(answer.GetProperty("sourceSymbols")));
        Assert.False(answer.GetProperty("isSourceTruncated").GetBoolean());
        JsonElement[] translations = [.. answer.GetProperty("translations").EnumerateArray()];
        Assert.Equal(3, translations.Length);
        foreach ((RnnTranslation own, JsonElement one) in expected.Zip(translations))
        {
            Assert.Equal((own.Text, $"{own.End}"), (one.GetProperty("text").GetString(), one.GetProperty("end").GetString()));
            Assert.Equal(own.Score, one.GetProperty("score").GetDouble(), 1e-4);
            Assert.Equal(own.Symbols, Texts(one.GetProperty("symbols")));
            JsonElement[] attention = [.. one.GetProperty("attention").EnumerateArray()];
            Assert.Equal(own.Symbols.Count, attention.Length);
            foreach ((IReadOnlyList<float> weights, JsonElement row) in own.Attention.Zip(attention))
                Assert.Equal(weights, row.EnumerateArray().Select(weight => weight.GetSingle()), (a, b) => MathF.Abs(a - b) < 2e-4f);
        }
    }

    [Fact]
    public async Task The_model_determines_what_the_request_leaves_out()
    {
        JsonElement answer = await _service.AskOne("/translate", new { text = "1 2", attention = false });
        JsonElement only = Assert.Single(answer.GetProperty("translations").EnumerateArray());
        Assert.Equal(Assert.Single(Offline(TinyModels.Translator, "1 2", null)).Text, only.GetProperty("text").GetString());
        Assert.False(only.TryGetProperty("attention", out _));
    }

    [Fact]
    public async Task Empty_unknown_and_long_texts_are_translated()
    {
        foreach (string text in new[] { "", "\u4e2d\ud83d\ude00\n", new string('7', 1000) })
        {
            JsonElement answer = await _service.AskOne("/translate", new { text });
            Assert.Equal(text.Length > 40, answer.GetProperty("isSourceTruncated").GetBoolean());
            Assert.InRange(answer.GetProperty("sourceSymbols").GetArrayLength(), 1, 41);
        }
    }

    /// <summary>No request can occupy the service for long.</summary>
    [Fact]
    public void A_translation_has_at_most_500_symbols()
    {
        var model = new RnnTranslationDecodingOptions { BeamWidth = 0, Temperature = 0.5f, Seed = 3, MaximumLength = 100_000 };
        RnnTranslationDecodingOptions options = new TranslateRequest { Text = "a", NBest = 2 }.Options(model);
        Assert.Equal(new RnnTranslationDecodingOptions { BeamWidth = 2, NBest = 2, MaximumLength = 500 }, options);
        Assert.Null(new TranslateRequest { Text = "a" }.Options(model with { MaximumLength = null }).MaximumLength);
        Assert.Equal(500, new TranslateRequest { Text = new string('a', 300) }.Options(model with { MaximumLength = null }).MaximumLength);
        Assert.Equal(7, new TranslateRequest { Text = "a" }.Options(model with { MaximumLength = 7 }).MaximumLength);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Several_languages_are_listed_and_checked(bool hasEncoders)
    {
        RnnTranslationOptions options = TinyTranslators.Options with
        {
            SourceLanguageColumnName = "From",
            TargetLanguageColumnName = "To",
            EncoderPerLanguage = hasEncoders,
            Unit = RnnLanguageUnit.Subword,
        };
        string file = TinyTranslators.Train(new MLContext(1), options, models.NewFile($"languages-{hasEncoders}.zip"));
        using var service = new RunningService(models.Topics, models.Entities, translator: file);
        JsonElement health = JsonElement.Parse(await service.Client.GetStringAsync("/health")).GetProperty("models").GetProperty("translate");
        string[] to = Texts(health.GetProperty("targetLanguages")), from = Texts(health.GetProperty("sourceLanguages"));
        Assert.Equal(["Deutsch", "English"], to.Order(StringComparer.Ordinal));
        Assert.Equal(["spoken", "written"], from.Order(StringComparer.Ordinal));
        foreach (string language in to)
        {
            JsonElement answer = await service.AskOne("/translate", new { text = "4 0 7", targetLanguage = language, sourceLanguage = "written" });
            string expected = Offline(file, "4 0 7", null, language, "written")[0].Text;
            JsonElement translation = Assert.Single(answer.GetProperty("translations").EnumerateArray());
            Assert.Equal(expected, translation.GetProperty("text").GetString());
            Assert.Equal(expected, string.Concat(Texts(translation.GetProperty("symbols"))));
            Assert.Equal($"<2{language}>", Texts(answer.GetProperty("sourceSymbols"))[0]);
        }
        string all = string.Join(", ", to), known = string.Join(", ", from);
        Assert.Equal($"targetLanguage: expected one of {all}, got none", await TranslateRefusalTests.Refused(service, """{"text": "1"}"""));
        Assert.Equal(
            $"targetLanguage: expected one of {all}, got 'german'",
            await TranslateRefusalTests.Refused(service, """{"text": "1", "targetLanguage": "german"}"""));
        Assert.Equal(
            $"targetLanguage: expected one of {all}, got none; sourceLanguage: expected one of {known}, got 'x'",
            await TranslateRefusalTests.Refused(service, """{"text": "1", "sourceLanguage": "x"}"""));
        string noSource = $$"""{"text": "1", "targetLanguage": "{{to[0]}}"}""";
        if (hasEncoders) Assert.Equal($"sourceLanguage: expected one of {known}, got none", await TranslateRefusalTests.Refused(service, noSource));
        else await service.AskOne("/translate", JsonElement.Parse(noSource));
    }

    [Fact]
    public async Task A_model_in_a_chain_and_one_without_attention_are_served()
    {
        RnnTranslationOptions options = TinyTranslators.Options with { Network = TinyTranslators.Options.Network with { Attention = RnnAttention.None } };
        string file = TinyTranslators.Train(new MLContext(1), options, models.NewFile("chain.zip"), inChain: true);
        using var service = new RunningService(models.Topics, models.Entities, translator: file);
        JsonElement answer = await service.AskOne("/translate", new { text = "4 0 7" });
        Assert.Equal(0, answer.GetProperty("translations")[0].GetProperty("attention").GetArrayLength());
        Assert.Equal(Offline(file, "4 0 7", null)[0].Text, answer.GetProperty("translations")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_client_that_leaves_frees_its_place()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 20 });
        using (await service.TakePlace())
        {
            using var gone = new CancellationTokenSource();
            Task<HttpResponseMessage> waiting = service.Client.PostAsJsonAsync("/translate", new { text = "1" }, gone.Token);
            await service.UntilQueued(1);
            gone.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await service.UntilQueued(0);
        }
        await service.AskOne("/translate", new { text = "1" });
    }

    [Fact]
    public void A_search_whose_client_has_left_ends()
    {
        using TranslatorModel model = TranslatorModel.Open(new MLContext(1), TinyModels.Translator, NullLoggerFactory.Instance);
        var left = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => TranslationAnswers.Of(new TranslateRequest { Text = "1 2 3" }, model, left));
    }

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    private static IReadOnlyList<RnnTranslation> Offline(
        string file, string text, RnnTranslationDecodingOptions? options, string? target = null, string? source = null)
    {
        var ml = new MLContext();
        return ml.Rnn().CreateTranslator(ml.Model.Load(file, out _)).TranslateMany([text], options, target, source)[0];
    }
}
