using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The path /health, and the page to try the models.</summary>
[Collection(nameof(TinyModels))]
public sealed class HealthAndPageTests(TinyModels models) : IDisposable
{
    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task Health_lists_the_models_and_counts_the_answered_requests()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        for (int i = 0; i < 3; i++) await _service.Ask("/classify", new { texts = new[] { "a", "b" } });
        await _service.Ask("/tag", new { text = "a" });
        await _service.Client.GetAsync("/nowhere");
        JsonElement health = JsonElement.Parse(await _service.Client.GetStringAsync("/health"));
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(4, health.GetProperty("requests").GetInt64());
        Assert.True(health.GetProperty("since").GetDateTimeOffset() <= before);
        JsonElement classifier = health.GetProperty("models").GetProperty("classify"), tagger = health.GetProperty("models").GetProperty("tag");
        Assert.StartsWith("Classification into 6 classes of 'Text' (", classifier.GetProperty("name").GetString());
        Assert.StartsWith("Sequence tagging with 9 tags of 'Tokens' (", tagger.GetProperty("name").GetString());
        Assert.Equal(("Prediction", "Tags"), (classifier.GetProperty("title").GetString(), tagger.GetProperty("title").GetString()));
        JsonElement writer = health.GetProperty("models").GetProperty("continue");
        Assert.StartsWith("Language model of 'Text' (", writer.GetProperty("name").GetString());
        Assert.Equal(("Continuation", 0), (writer.GetProperty("title").GetString(), writer.GetProperty("requests").GetInt64()));
        JsonElement translator = health.GetProperty("models").GetProperty("translate");
        Assert.StartsWith("Translation of 'Source' (", translator.GetProperty("name").GetString());
        Assert.Equal(("Translation", 0), (translator.GetProperty("title").GetString(), translator.GetProperty("targetLanguages").GetArrayLength()));
        JsonElement captioner = health.GetProperty("models").GetProperty("caption");
        Assert.StartsWith("Captioning of 'ImageGrid' (", captioner.GetProperty("name").GetString());
        Assert.Equal(("Captioning", 0), (captioner.GetProperty("title").GetString(), captioner.GetProperty("examples").GetInt32()));
        Assert.Equal((3, 1), (classifier.GetProperty("requests").GetInt64(), tagger.GetProperty("requests").GetInt64()));
        Assert.Equal(ClassifyTests.Version(models.Topics), classifier.GetProperty("version").GetString());
        Assert.True(classifier.GetProperty("since").GetDateTimeOffset() <= before);
    }

    [Fact]
    public async Task The_page_loads_nothing_from_other_servers_and_writes_texts_as_texts()
    {
        using HttpResponseMessage response = await _service.Client.GetAsync("/?text=a&auto=1");
        string html = await response.Content.ReadAsStringAsync();
        Assert.Equal(("text/html", "utf-8"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentType?.CharSet));
        Assert.DoesNotMatch("https?:|//[a-z]|src=|@import|innerHTML|outerHTML|insertAdjacent|document\\.write|\\son[a-z]+=|style=\"", html);
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Contains("; img-src blob:; ", policy);
        // All labels and descriptions refer to existing elements.
        foreach (Match match in Regex.Matches(html, "(?:for|aria-labelledby|aria-describedby)=\"([^\"]+)\""))
            Assert.Contains($"id=\"{match.Groups[1].Value}\"", html);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    public async Task HEAD_requests_are_answered(string path)
    {
        using HttpResponseMessage response = await _service.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
