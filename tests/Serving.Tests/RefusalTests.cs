using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Invalid requests: each error has its status, what was expected and what was received; no request makes the service fail.</summary>
[Collection(nameof(TinyModels))]
public sealed class RefusalTests(TinyModels models) : IDisposable
{
    private readonly RecordedLog _log = new();
    private RunningService? _service;

    private RunningService Running => _service ??= new RunningService(models.Topics, models.Entities, logs: _log);

    public void Dispose() => _service?.Dispose();

    [Theory]
    [InlineData("""{"text": "a" """, " at $ (line 1, byte 14)")]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("""{"text": "a"} {}""", " at $")]
    [InlineData("""{"text": "a",}""", " at $ (line 1, byte 14)")]
    [InlineData("""{"text": "a", "text": "b"}""", " at $.text")]
    [InlineData("""{"text": "a", "te\u0078t": "b"}""", " at $.text")]
    [InlineData("""["a"]""", " at $")]
    [InlineData("""{"Text": "a"}""", " at $.Text")]
    [InlineData("""{"text": "a", "tone": "b"}""", " at $.tone")]
    [InlineData("""{"text": 1}""", " at $.text")]
    [InlineData("""{"text": ["a"]}""", " at $.text")]
    [InlineData("""{"texts": "a"}""", " at $.texts")]
    [InlineData("""{"texts": {}}""", " at $.texts")]
    [InlineData("""{"texts": ["a", true]}""", " at $.texts[1]")]
    [InlineData("""{"text": "\ud83d"}""", " at $.text")]
    [InlineData("""{"text": "\ude00\ud83d"}""", " at $.text")]
    [InlineData("""{"\ud83d": "a"}""", " at $")]
    public async Task JSON_that_is_not_a_request_is_400_on_both_paths(string json, string place)
    {
        string expected = $"expected JSON such as {TextsRequest.Example}, got something else{place}";
        foreach (string path in new[] { "/classify", "/tag" })
            Assert.StartsWith(expected, await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, path, Json(json)));
    }

    [Theory]
    [InlineData("{}", "expected either text or texts, got neither")]
    [InlineData("""{"text": null}""", "expected either text or texts, got neither")]
    [InlineData("""{"text": "a", "texts": ["b"]}""", "expected either text or texts, got both")]
    [InlineData("""{"texts": []}""", "texts: expected at least one text, got none")]
    [InlineData("""{"texts": ["a", null]}""", "texts[1]: expected a string, got null")]
    public async Task A_request_without_texts_is_400_on_both_paths(string json, string expected)
    {
        foreach (string path in new[] { "/classify", "/tag" })
            Assert.Equal(expected, await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, path, Json(json)));
    }

    [Theory]
    [InlineData("/classify", """{"text": "a", "explain": "yes"}""", " at $.explain")]
    [InlineData("/classify", """{"text": "a", "explain": null}""", " at $.explain")]
    [InlineData("/classify", """{"text": "a", "Explain": true}""", " at $.Explain")]
    [InlineData("/tag", """{"text": "a", "explain": true}""", " at $.explain")]
    public async Task Only_the_classifier_explains(string path, string json, string expected) =>
        Assert.Contains(expected, await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, path, Json(json)));

    [Fact]
    public async Task Too_many_words_to_explain_are_400()
    {
        string words = string.Concat(Enumerable.Repeat("word, ", 101));
        Assert.Equal(
            "text: expected at most 100 words in a text to explain, got 101",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/classify", Json(new { text = words, explain = true })));
        Assert.Equal(
            "texts[1]: expected at most 100 words in a text to explain, got 101",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/classify", Json(new { texts = new[] { "a", words }, explain = true })));
        string[] many = [.. Enumerable.Repeat(words[..600], 11)];
        Assert.Equal(
            "texts: expected at most 1000 words in all texts to explain, got 1100",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/classify", Json(new { texts = many, explain = true })));
    }

    [Fact]
    public async Task Too_many_texts_and_too_long_texts_are_400()
    {
        Assert.Equal(
            "texts: expected at most 256 texts, got 257",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/tag", Json(new { texts = new string[257] })));
        string longText = new('a', 20_001);
        Assert.Equal(
            "text: expected at most 20000 characters, got 20001",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/tag", Json(new { text = longText })));
        Assert.Equal(
            "texts[0]: expected at most 20000 characters, got 20001; texts[2]: expected at most 20000 characters, got 20001",
            await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/classify", Json(new { texts = new[] { longText, "a", longText } })));
        Assert.Equal(256, (await Running.Ask("/classify", new { texts = Enumerable.Repeat("parcel", 256) })).GetProperty("answers").GetArrayLength());
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(99_999_999_999)]
    public async Task A_body_that_is_announced_as_too_long_is_413_before_it_arrives(long length)
    {
        string answer = await Running.Raw($"POST /tag HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Contains("expected a body of at most 1000000 bytes, got a longer one", answer);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_without_the_content_type_of_JSON_is_415(string? type)
    {
        var content = new ByteArrayContent("""{"text": "a"}"""u8.ToArray());
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        string got = type is null ? "none" : $"'{type}'";
        Assert.Equal(
            $"Content-Type: expected application/json, got {got}", await Refused(HttpStatusCode.UnsupportedMediaType, HttpMethod.Post, "/tag", content));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD })]       // a surrogate
    [InlineData(new byte[] { 0xE2, 0x82 })]             // cut short
    public async Task Bytes_that_are_not_UTF_8_are_400(byte[] bytes)
    {
        var content = new ByteArrayContent([.. "{\"text\": \""u8, .. bytes, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Assert.Contains("got something else at $.text", await Refused(HttpStatusCode.BadRequest, HttpMethod.Post, "/classify", content));
    }

    [Theory]
    [InlineData("GET", "/classify", "/classify: expected POST, got GET")]
    [InlineData("PUT", "/tag", "/tag: expected POST, got PUT")]
    [InlineData("OPTIONS", "/tag", "/tag: expected POST, got OPTIONS")]
    [InlineData("POST", "/health", "/health: expected GET, HEAD, got POST")]
    [InlineData("DELETE", "/", "/: expected GET, HEAD, got DELETE")]
    public async Task Another_method_is_405(string method, string path, string expected) =>
        Assert.Equal(expected, await Refused(HttpStatusCode.MethodNotAllowed, new HttpMethod(method), path, null));

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/classify/more")]
    [InlineData("/index.html")]
    [InlineData("/%3Cscript%3E")]
    public async Task Another_path_is_404(string path) =>
        Assert.StartsWith(
            "expected one of the paths /, /classify, /tag, /continue, /translate, /caption and /health, got /",
            await Refused(HttpStatusCode.NotFound, HttpMethod.Get, path, null));

    [Fact]
    public async Task Random_bytes_never_make_the_service_fail()
    {
        var random = new Random(1);
        byte[] valid = Encoding.UTF8.GetBytes("""{"texts": ["Where is 🎉 my parcel?", "\u00e9\ud83d\ude00", ""], "explain": true}""");
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = [.. valid];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes[..at], .. bytes[(at + 1)..]],
                    1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                    2 => [.. bytes[..at], bytes[random.Next(bytes.Length)], .. bytes[(at + 1)..]],
                    _ => bytes[..Math.Max(1, at)],
                };
            }
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await Running.Client.PostAsync(i % 2 == 0 ? "/classify" : "/tag", content);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{response.StatusCode} to {Encoding.Latin1.GetString(bytes)}");
        }
        Assert.Empty(_log.Lines);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static StringContent Json(object body) => Json(JsonSerializer.Serialize(body));

    /// <returns>The detail of the problem.</returns>
    private async Task<string> Refused(HttpStatusCode status, HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        // A browser prefers HTML, but gets JSON all the same.
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using HttpResponseMessage response = await Running.Client.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonElement.Parse(body);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.DoesNotContain("   at ", body);
        Assert.Empty(_log.Lines);
        return problem.GetProperty("detail").GetString()!;
    }
}
