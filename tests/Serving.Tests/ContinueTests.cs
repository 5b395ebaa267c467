using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The path /continue: the symbols of a text, streamed as they are generated.</summary>
[Collection(nameof(TinyModels))]
public sealed class ContinueTests(TinyModels models) : IDisposable
{
    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task The_symbols_are_those_of_the_generator_with_their_probabilities()
    {
        JsonElement[] events = await Continue(new { text = "Where is my ", length = 40, temperature = 0.8, seed = 7 });
        RnnGeneratedText expected = Offline("Where is my ", new RnnGenerationOptions { MaximumLength = 40, Temperature = 0.8f, Seed = 7 });
        Assert.Equal(expected.Text, TextOf(events));
        Assert.Equal(expected.Symbols.Count, events.Length - 1);
        foreach ((JsonElement symbol, float logProbability) in events.SkipLast(1).Zip(expected.LogProbabilities))
            Assert.Equal(MathF.Exp(logProbability), symbol.GetProperty("probability").GetSingle(), 1e-4f);
        Assert.Equal((expected.End.ToString(), ClassifyTests.Version(TinyModels.Writer)), EndOf(events));
    }

    [Fact]
    public async Task A_beam_search_finds_the_text_of_the_generator()
    {
        JsonElement[] events = await Continue(new { text = "Where", length = 12, beam = 3 });
        RnnGeneratedText expected = Offline("Where", new RnnGenerationOptions { MaximumLength = 12, BeamWidth = 3 });
        Assert.Equal(expected.Text, TextOf(events));
        Assert.Equal(expected.End.ToString(), EndOf(events).End);
    }

    /// <summary>Words come with their blanks, and a character of several subwords comes as a whole.</summary>
    [Theory]
    [InlineData(RnnLanguageUnit.Word)]
    [InlineData(RnnLanguageUnit.Subword)]
    public async Task Other_units_are_continued_as_text(RnnLanguageUnit unit)
    {
        var ml = new MLContext();
        string[] texts = ["né 😀 oui, né", "oui né 😀", "né né oui 😀"];
        IDataView lines = ml.Data.LoadFromEnumerable(texts.Select(text => new TextLine { Text = text }));
        var options = new NGramLanguageModelOptions { Unit = unit, MinimumCount = 1, MaximumVocabularySize = 300 };
        string file = models.NewFile($"{unit}.zip");
        ml.Model.Save(ml.Transforms.Text.NGramLanguageModel(options).Fit(lines), lines.Schema, file);
        using var service = new RunningService(models.Topics, models.Entities, writer: file);
        RnnTextGenerator generator = ml.Rnn().CreateTextGenerator(ml.Model.Load(file, out _));
        foreach (object body in new object[] { new { text = "né", seed = 3, length = 30, temperature = 0.7 }, new { text = "né", length = 30, beam = 2 } })
        {
            JsonElement[] events = await Continue(service, body);
            RnnGenerationOptions same = body.GetType().GetProperty("beam") is null
                ? new() { Seed = 3, MaximumLength = 30, Temperature = 0.7f }
                : new() { BeamWidth = 2, MaximumLength = 30 };
            Assert.Equal(generator.Generate("né", same), TextOf(events));
            Assert.All(events.SkipLast(1), symbol => Assert.InRange(symbol.GetProperty("probability").GetSingle(), 0, 1));
        }
    }

    [Fact]
    public async Task An_empty_text_and_unknown_characters_are_continued()
    {
        foreach (string text in new[] { "", "\u4e2d\ud83d\ude00\n", new string('a', 5000) })
            Assert.NotEmpty(await Continue(new { text, length = 3 }));
    }

    [Fact]
    public async Task Between_two_symbols_other_requests_have_their_turn()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 20 });
        (HttpResponseMessage response, IDisposable place) = await OpenAndInterrupt(service);
        using (response)
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.StartsWith("data: {\"text\":", await reader.ReadLineAsync());
            Task<string> rest = reader.ReadToEndAsync();
            await Task.Delay(200);
            Assert.False(rest.IsCompleted);
            place.Dispose();
            Assert.Contains("\"end\":", await rest);
        }
    }

    [Fact]
    public async Task The_text_of_a_client_that_leaves_is_not_continued()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 20 });
        (HttpResponseMessage response, IDisposable place) = await OpenAndInterrupt(service);
        await service.UntilQueued(1);
        response.Dispose();
        await service.UntilQueued(0);
        place.Dispose();
        await service.AskOne("/classify", new { text = "a" });
    }

    [Theory]
    [InlineData("{}", "text: expected a string, got none")]
    [InlineData("""{"text": "a", "length": 0}""", "length: expected 1 to 400, got 0")]
    [InlineData("""{"text": "a", "temperature": -1}""", "temperature: expected 0 to 5, got -1")]
    [InlineData("""{"text": "a", "temperature": "NaN"}""", "temperature: expected 0 to 5, got NaN")]
    [InlineData("""{"text": "a", "beam": 17}""", "beam: expected 0 to 16, got 17")]
    [InlineData("""{"text": "a", "beam": 2, "temperature": 1}""", "beam: expected either a beam search or a temperature and a seed, got both")]
    [InlineData("""{"text": "a", "beam": 2, "seed": 1}""", "beam: expected either a beam search or a temperature and a seed, got both")]
    [InlineData("""{"text": "a", "width": 1}""", "expected JSON such as {\"text\": \"…\", \"length\": 80, ")]
    public async Task An_invalid_request_is_400(string json, string expected)
    {
        using var body = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage response = await _service.Client.PostAsync("/continue", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(expected, JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("detail").GetString());
    }

    /// <summary>Begins a long text, and takes the only place of the service after its first symbol.</summary>
    private static async Task<(HttpResponseMessage Response, IDisposable Place)> OpenAndInterrupt(RunningService service)
    {
        IDisposable before = await service.TakePlace();
        Task<HttpResponseMessage> response = Open(service, new { text = "a", length = 400, temperature = 5, seed = 1 });
        await service.UntilQueued(1);
        Task<IDisposable> place = service.TakePlace();
        before.Dispose();
        return (await response, await place);
    }

    private static async Task<HttpResponseMessage> Open(RunningService service, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/continue") { Content = JsonContent.Create(body) };
        HttpResponseMessage response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return response;
    }

    private Task<JsonElement[]> Continue(object body) => Continue(_service, body);

    private static async Task<JsonElement[]> Continue(RunningService service, object body)
    {
        using HttpResponseMessage response = await Open(service, body);
        string[] lines = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonElement.Parse(line["data: ".Length..]))];
    }

    private static string TextOf(JsonElement[] events) => string.Concat(events.Select(symbol => symbol.GetProperty("text").GetString()));

    private static (string? End, string? Model) EndOf(JsonElement[] events) =>
        (events[^1].GetProperty("end").GetString(), events[^1].GetProperty("model").GetString());

    private static RnnGeneratedText Offline(string text, RnnGenerationOptions options)
    {
        var ml = new MLContext();
        return ml.Rnn().CreateTextGenerator(ml.Model.Load(TinyModels.Writer, out _)).GenerateMany([text], options)[0][0];
    }

    private sealed class TextLine
    {
        public string Text { get; set; } = "";
    }
}
