using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SkiaSharp;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Invalid requests to /caption: each error has its status, what was expected and what was received; no request makes the service fail.</summary>
[Collection(nameof(TinyModels))]
public sealed class CaptionRefusalTests(TinyModels models) : IDisposable
{
    private readonly RecordedLog _log = new();
    private RunningService? _service;

    private RunningService Running => _service ??= new RunningService(models.Topics, models.Entities, logs: _log);

    public void Dispose() => _service?.Dispose();

    [Theory]
    [InlineData("?beam=17", "beam: expected 1 to 16, got 17")]
    [InlineData("?beam=0", "beam: expected 1 to 16, got 0")]
    [InlineData("?beam=wide", "beam: expected a number, got 'wide'")]
    [InlineData("?beam=", "beam: expected a number, got ''")]
    [InlineData("?beam=1.5", "beam: expected a number, got '1.5'")]
    [InlineData("?beam=2&nBest=3", "nBest: expected 1 to 2, got 3; a wider beam finds more")]
    [InlineData("?nBest=9", "nBest: expected 1 to 8, got 9")]
    [InlineData("?nBest=-1", "nBest: expected 1 to 8, got -1")]
    [InlineData("?attention=maybe", "attention: expected true or false, got 'maybe'")]
    [InlineData("?width=3", "width: expected one of the parameters beam, nBest, attention, got another one")]
    [InlineData("?beam=3&beam=4", "beam: expected one value, got 2")]
    public async Task An_invalid_query_is_400(string query, string expected) =>
        Assert.Equal(expected, await Refused(Running, HttpStatusCode.BadRequest, ImageFiles.Content(ImageFiles.Scene()), query));

    [Fact]
    public async Task A_body_that_is_not_an_image_is_400()
    {
        byte[] scene = ImageFiles.Scene(), jpeg = ImageFiles.Encode(SKEncodedImageFormat.Jpeg, 300, 200);
        const string Expected = "expected an image (JPEG, PNG, GIF, BMP or WebP), got ";
        (byte[] Body, string Detail)[] bodies =
        [
            ([], $"{Expected}an empty body"),
            ("not an image"u8.ToArray(), $"{Expected}something else, or a damaged file"),
            (scene[..20], $"{Expected}something else, or a damaged file"),
            (scene[..^2000], "expected a complete image, got one whose data ends early. Copy or send the file again"),
            (jpeg[..^500], "expected a complete image, got one whose data ends early. Copy or send the file again"),
        ];
        foreach ((byte[] body, string detail) in bodies)
            Assert.Equal(detail, await Refused(Running, HttpStatusCode.BadRequest, ImageFiles.Content(body)));
    }

    /// <summary>A PNG file of some kilobytes can state any size.</summary>
    [Fact]
    public async Task A_small_file_of_too_many_pixels_is_400_before_it_is_decoded()
    {
        byte[] image = ImageFiles.Encode(SKEncodedImageFormat.Png, 101, 100);
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { Pixels = 10_000 }, _log);
        Assert.StartsWith("expected at most 0 megapixels, got 101 × 100 pixels", await Refused(service, HttpStatusCode.BadRequest, ImageFiles.Content(image)));
        // After the header, this file has the data of a small image: if it were decoded, it would be incomplete.
        byte[] huge = ImageFiles.Sized(image, 60_000, 60_000);
        Assert.StartsWith(
            "expected at most 30 megapixels, got 60000 × 60000 pixels", await Refused(Running, HttpStatusCode.BadRequest, ImageFiles.Content(huge)));
        byte[] incomplete = ImageFiles.Sized(image, 101, 200);
        Assert.StartsWith("expected a complete image", await Refused(Running, HttpStatusCode.BadRequest, ImageFiles.Content(incomplete)));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_without_the_content_type_of_an_image_is_415(string? type) =>
        Assert.Equal(
            $"Content-Type: expected image/png, image/jpeg or that of another image, got {(type is null ? "none" : $"'{type}'")}",
            await Refused(Running, HttpStatusCode.UnsupportedMediaType, ImageFiles.Content(ImageFiles.Scene(), type)));

    [Theory]
    [InlineData(20_000_001)]
    [InlineData(99_999_999_999)]
    public async Task A_body_that_is_announced_as_too_long_is_413_before_it_arrives(long length)
    {
        string answer = await Running.Raw($"POST /caption HTTP/1.1\r\nHost: a\r\nContent-Type: image/png\r\nContent-Length: {length}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", answer);
        Assert.Contains("expected a body of at most 20000000 bytes, got a longer one", answer);
    }

    /// <summary>The limit of this path is higher than that of the others.</summary>
    [Fact]
    public async Task An_image_of_several_megabytes_is_captioned_and_a_longer_one_without_a_length_is_413()
    {
        byte[] large = [.. ImageFiles.Scene(), .. new byte[3_000_000]];
        using HttpResponseMessage response = await Running.Client.PostAsync("/caption", ImageFiles.Content(large));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { Image = 2_000_000 }, _log);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/caption") { Content = ImageFiles.Content(large) };
        chunked.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage refused = await service.Client.SendAsync(chunked);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("expected a body of at most 2000000 bytes, got a longer one", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Images_beyond_the_memory_for_all_of_them_are_503_until_the_others_are_captioned()
    {
        byte[] scene = ImageFiles.Scene();
        var limits = new ServiceLimits { AtOnce = 1, Waiting = 20, ImagesInMemory = scene.Length * 3 / 2 };
        using var service = new RunningService(models.Topics, models.Entities, limits, _log);
        Task<HttpResponseMessage> first;
        using (await service.TakePlace())
        {
            first = service.Client.PostAsync("/caption", ImageFiles.Content(scene));
            await service.UntilQueued(1);
            using HttpResponseMessage refused = await service.Client.PostAsync("/caption", ImageFiles.Content(scene));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        }
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await service.Client.PostAsync("/caption", ImageFiles.Content(scene))).StatusCode);
    }

    [Fact]
    public async Task Random_bytes_never_make_the_service_fail()
    {
        var random = new Random(1);
        byte[][] valid = [ImageFiles.Encode(SKEncodedImageFormat.Png, 40, 30), ImageFiles.Encode(SKEncodedImageFormat.Jpeg, 40, 30)];
        for (int i = 0; i < 100; i++)
        {
            byte[] bytes = [.. valid[i % 2]];
            for (int change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            using HttpResponseMessage response = await Running.Client.PostAsync("/caption", ImageFiles.Content(bytes));
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{response.StatusCode}, {i}");
        }
        Assert.Empty(_log.Lines);
    }

    /// <returns>The detail of the problem.</returns>
    private async Task<string> Refused(RunningService service, HttpStatusCode status, HttpContent content, string query = "")
    {
        using HttpResponseMessage response = await service.Client.PostAsync($"/caption{query}", content);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(_log.Lines);
        return JsonElement.Parse(text).GetProperty("detail").GetString()!;
    }
}
