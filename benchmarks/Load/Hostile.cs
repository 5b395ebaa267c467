using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlNetRnn.LoadTest;

/// <summary>A request that the service must refuse.</summary>
/// <param name="Name">The fault of the request.</param>
/// <param name="Send">Sends the request; returns null if the service refused it correctly, else the reason.</param>
internal sealed record Hostile(string Name, Func<Task<string?>> Send)
{
    private const int Megabyte = 1 << 20;

    public static IEnumerable<Hostile> All(Service service) =>
    [
        Refused(service, "invalid JSON", "/classify", "{\"text\": ", HttpStatusCode.BadRequest),
        Refused(service, "unknown property", "/classify", "{\"txt\": \"a\"}", HttpStatusCode.BadRequest),
        Refused(service, "a number instead of a text", "/tag", "{\"text\": 1}", HttpStatusCode.BadRequest),
        Refused(service, "no texts", "/tag", "{\"texts\": []}", HttpStatusCode.BadRequest),
        Refused(service, "unknown path", "/nothing", "{\"text\": \"a\"}", HttpStatusCode.NotFound),
        Refused(service, "two megabytes", "/classify", $"{{\"text\": \"{new string('a', 2 * Megabyte)}\"}}", HttpStatusCode.RequestEntityTooLarge),
        Refused(service, "deeply nested", "/classify", new string('[', 100_000), HttpStatusCode.BadRequest),
        new("one byte per second", () => Slow(service.Port)),
        new("not HTTP", () => Garbage(service.Port)),
    ];

    private static Hostile Refused(Service service, string name, string path, string body, HttpStatusCode expected) => new(name, async () =>
    {
        try
        {
            using HttpResponseMessage response = await service.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            return response.StatusCode == expected && response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? null
                : $"expected {(int)expected} with a problem, got {(int)response.StatusCode} {response.Content.Headers.ContentType}";
        }
        // A server may close the connection instead of reading a body that is too large.
        catch (HttpRequestException) when (expected == HttpStatusCode.RequestEntityTooLarge)
        {
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return e.GetBaseException().Message;
        }
    });

    /// <summary>Announces a body and sends it one byte at a time, until the service gives up.</summary>
    private static async Task<string?> Slow(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync("POST /classify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"u8.ToArray());
        var buffer = new byte[4096];
        Task<int> answer = stream.ReadAsync(buffer).AsTask();
        for (int i = 0; i < 60; i++)
        {
            if (await Task.WhenAny(answer, Task.Delay(1000)) == answer) return Judge(buffer, await Ended(answer), "408");
            try
            {
                await stream.WriteAsync(new byte[] { (byte)' ' });
            }
            catch (IOException)
            {
                return null;
            }
        }
        return "expected a refusal within a minute, got none";
    }

    private static async Task<string?> Garbage(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('\u0007', 64) + "\r\n\r\n"));
        var buffer = new byte[4096];
        Task<int> answer = stream.ReadAsync(buffer).AsTask();
        bool isAnswered = await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(30))) == answer;
        return isAnswered ? Judge(buffer, await Ended(answer), "400") : "expected an answer within 30 seconds, got none";
    }

    /// <summary>Checks the status of an answer. A closed connection is also a refusal.</summary>
    private static string? Judge(byte[] buffer, int count, string status)
    {
        string answer = Encoding.ASCII.GetString(buffer, 0, count);
        bool isRefused = count == 0 || answer.StartsWith($"HTTP/1.1 {status}", StringComparison.Ordinal);
        return isRefused ? null : $"expected {status}, got '{answer.Split('\r')[0]}'";
    }

    private static async Task<int> Ended(Task<int> answer)
    {
        try
        {
            return await answer;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
