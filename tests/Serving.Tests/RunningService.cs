using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The service on a free port, and a client of it.</summary>
internal sealed class RunningService : IDisposable
{
    private readonly ServedModels _models;
    private readonly WebApplication _app;

    public RunningService(
        string textModel, string tagger, ServiceLimits? limits = null, ILoggerFactory? logs = null, string? writer = null, string? translator = null,
        string? captioner = null, IReadOnlyList<byte[]>? examples = null)
    {
        var ml = new MLContext(1);
        logs ??= NullLoggerFactory.Instance;
        _models = new ServedModels(
            TextModel.Open(ml, textModel, logs),
            TagModel.Open(ml, tagger, logs),
            WriterModel.Open(ml, writer ?? TinyModels.Writer, logs),
            TranslatorModel.Open(ml, translator ?? TinyModels.Translator, logs),
            CaptionerModel.Open(ml, captioner ?? TinyModels.Captioner, logs, examples: examples));
        _app = Service.Build(_models, limits ?? new ServiceLimits(), "http://127.0.0.1:0", logs);
        _app.Start();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    /// <summary>Takes a place of a request that is scored; disposing of it frees the place.</summary>
    public async Task<IDisposable> TakePlace()
    {
        RateLimitLease place = await _app.Services.GetRequiredService<RateLimiter>().AcquireAsync();
        Assert.True(place.IsAcquired);
        return place;
    }

    /// <summary>Waits until this number of requests wait for a place.</summary>
    public async Task UntilQueued(int count)
    {
        RateLimiter limiter = _app.Services.GetRequiredService<RateLimiter>();
        for (int i = 0; limiter.GetStatistics()!.CurrentQueuedCount != count; i++)
        {
            Assert.True(i < 3000, $"expected {count} waiting requests, got {limiter.GetStatistics()!.CurrentQueuedCount}");
            await Task.Delay(10);
        }
    }

    /// <summary>Returns the answer to a request that must succeed.</summary>
    public async Task<JsonElement> Ask(string path, object body)
    {
        using HttpResponseMessage response = await Client.PostAsJsonAsync(path, body);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonElement.Parse(text);
    }

    /// <summary>Returns the answer to a single text.</summary>
    public async Task<JsonElement> AskOne(string path, object body) => Assert.Single((await Ask(path, body)).GetProperty("answers").EnumerateArray());

    /// <summary>Returns the answer to a request with an image, which must succeed.</summary>
    public async Task<JsonElement> AskAbout(string query, byte[] image)
    {
        using HttpResponseMessage response = await Client.PostAsync($"/caption{query}", ImageFiles.Content(image));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    /// <summary>Sends bytes as they are, and reads until the service closes the connection.</summary>
    public async Task<string> Raw(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Client.BaseAddress!.Port);
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    public void Dispose()
    {
        Client.Dispose();
        ((IDisposable)_app).Dispose();
        _models.Dispose();
    }
}
