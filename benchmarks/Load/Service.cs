using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MlNetRnn.LoadTest;

/// <summary>The service in a separate process.</summary>
internal sealed class Service : IDisposable
{
    private readonly Process _process;

    private Service(Process process, int port)
    {
        (_process, Port) = (process, port);
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(10) };
        Client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public double MegaBytes
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? double.NaN : _process.WorkingSet64 / 1e6;
        }
    }

    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts the service and waits until it is ready.</summary>
    /// <exception cref="TimeoutException">The service did not answer within five minutes: it trains the models that it is not given.</exception>
    public static async Task<Service> Start(Models models, CancellationToken stop)
    {
        int port = FreePort();
        string program = Path.Combine(AppContext.BaseDirectory, "Serving.dll");
        string[] arguments = [program, "--urls", $"http://127.0.0.1:{port}", "--model", models.ModelFile, "--tagger", models.TaggerFile];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program}: expected a process, got none.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var service = new Service(process, port);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(5) && service.IsAlive)
        {
            try
            {
                using HttpResponseMessage health = await service.Client.GetAsync("/health", stop);
                if (health.IsSuccessStatusCode) return service;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, stop);
            }
        }
        service.Dispose();
        throw new TimeoutException("The service: expected an answer within five minutes, got none. Its messages are above.");
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
