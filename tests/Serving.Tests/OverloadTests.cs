using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>Too many and too slow requests.</summary>
[Collection(nameof(TinyModels))]
public sealed class OverloadTests(TinyModels models)
{
    private static readonly object Question = new { text = "Where is my parcel?" };

    [Fact]
    public async Task An_excess_request_is_503_with_a_time_to_retry_and_succeeds_when_a_place_is_free()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 0 });
        using (await service.TakePlace())
        {
            using HttpResponseMessage refused = await service.Client.PostAsJsonAsync("/classify", Question);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            // A request for /health does not wait.
            Assert.Equal(HttpStatusCode.OK, (await service.Client.GetAsync("/health")).StatusCode);
        }
        await service.AskOne("/classify", Question);
    }

    [Fact]
    public async Task Waiting_requests_are_answered()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 20 });
        Task[] waiting;
        using (await service.TakePlace()) waiting = [.. Enumerable.Range(0, 20).Select(_ => service.AskOne("/tag", Question))];
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_client_that_disconnects_frees_its_place()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 1 });
        using (await service.TakePlace())
        {
            using var gone = new CancellationTokenSource();
            Task<HttpResponseMessage> waiting = service.Client.PostAsJsonAsync("/classify", Question, gone.Token);
            gone.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }
        await service.AskOne("/classify", Question);
    }

    [Fact]
    public async Task A_head_or_a_body_that_does_not_arrive_is_408()
    {
        var limits = new ServiceLimits { HeadersWithin = TimeSpan.FromSeconds(1), BodyRate = new MinDataRate(240, TimeSpan.FromSeconds(1.5)) };
        using var service = new RunningService(models.Topics, models.Entities, limits);
        Task<string> head = service.Raw("POST /classify HTTP/1.1\r\nHost: a\r\n");
        string body = await service.Raw("POST /classify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"text\"");
        Assert.StartsWith("HTTP/1.1 408", body);
        Assert.Contains("application/problem+json", body);
        Assert.Contains("expected a body that arrives with at least 240 bytes per second", body);
        Assert.StartsWith("HTTP/1.1 408", await head);
    }
}
