using System.Net;
using System.Text;
using System.Text.Json;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Invalid requests to /translate.</summary>
[Collection(nameof(TinyModels))]
public sealed class TranslateRefusalTests(TinyModels models) : IDisposable
{
    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData("{}", "text: expected a string, got none")]
    [InlineData("""{"text": "a", "beam": 17}""", "beam: expected 1 to 16, got 17")]
    [InlineData("""{"text": "a", "beam": 0}""", "beam: expected 1 to 16, got 0")]
    [InlineData("""{"text": "a", "beam": 2, "nBest": 3}""", "nBest: expected 1 to 2, got 3; a wider beam finds more")]
    [InlineData("""{"text": "a", "nBest": 9}""", "nBest: expected 1 to 8, got 9")]
    [InlineData("""{"text": "a", "targetLanguage": "fr"}""", "targetLanguage: expected none, because the model has no list of languages, got 'fr'")]
    [InlineData("""{"text": "a", "width": 1}""", "expected JSON such as {\"text\": \"…\"} or {\"text\": \"…\", \"targetLanguage\": ")]
    [InlineData("""{"text": "a", "beam": "wide"}""", "expected JSON such as {\"text\": \"…\"} or {\"text\": \"…\", \"targetLanguage\": ")]
    public async Task An_invalid_request_is_400(string json, string expected) => Assert.StartsWith(expected, await Refused(_service, json));

    [Fact]
    public async Task A_too_long_text_is_400() =>
        Assert.Equal(
            "text: expected at most 1000 characters, got 1001; send one sentence at a time",
            await Refused(_service, JsonSerializer.Serialize(new { text = new string('a', 1001) })));

    /// <summary>Sends an invalid request, and returns the detail of the problem.</summary>
    internal static async Task<string> Refused(RunningService service, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await service.Client.PostAsync("/translate", body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, text);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text).GetProperty("detail").GetString()!;
    }
}
