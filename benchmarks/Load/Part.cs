using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MlNetRnn.LoadTest;

/// <summary>Clients that send one request after another for a time.</summary>
internal sealed class Part(string name, Service service, Models models, int clients)
{
    private static readonly TimeSpan Replacement = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentBag<string> _failed = [], _wrong = [];
    private long _texts, _refused;

    /// <summary>Whether the model file is replaced repeatedly.</summary>
    public bool IsReplacing { get; init; }

    /// <summary>Whether additional clients send requests that the service must refuse.</summary>
    public bool IsHostile { get; init; }

    public async Task<Outcome> Run(TimeSpan time, CancellationToken stop)
    {
        double before = service.MegaBytes;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(time);
        var watch = Stopwatch.StartNew();
        var work = Enumerable.Range(0, clients).Select(client => Ask(new Client(service, models, new Random(client)), over.Token)).ToList();
        if (IsReplacing) work.Add(Replace(over.Token));
        if (IsHostile) work.AddRange(Hostile.All(service).Select(request => Offend(request, over.Token)));
        await Task.WhenAll(work);
        double seconds = watch.Elapsed.TotalSeconds, after = service.MegaBytes;
        if (!service.IsAlive) _failed.Add("the process of the service ended");
        double[] sorted = [.. _milliseconds.Order()];
        string At(double share) => sorted.Length == 0
            ? ""
            : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))].ToString("F1", CultureInfo.InvariantCulture);
        string rates = string.Create(CultureInfo.InvariantCulture, $"{sorted.Length / seconds:F0} | {_texts / seconds:F0}");
        string latencies = string.Join(" | ", new[] { 0.5, 0.9, 0.99, 0.999, 1 }.Select(At));
        string memory = string.Create(CultureInfo.InvariantCulture, $"{before:F0} -> {after:F0}");
        Console.WriteLine($"| {name} | {rates} | {latencies} | {_refused} | {_failed.Count} | {_wrong.Count} | {memory} |");
        return new Outcome(name, _failed, _wrong, before, after);
    }

    private async Task Ask(Client client, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            long began = Stopwatch.GetTimestamp();
            // A request that has begun is completed after the time is over.
            (int texts, string? fault, string? wrong) = await client.Ask();
            _milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            Interlocked.Add(ref _texts, texts);
            if (fault is not null) _failed.Add(fault);
            if (wrong is not null) _wrong.Add(wrong);
        }
    }

    private async Task Replace(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            models.Replace();
            await Task.Delay(Replacement, over).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task Offend(Hostile request, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            string? fault;
            try
            {
                fault = await request.Send();
            }
            catch (SocketException e)
            {
                fault = e.Message;
            }
            if (fault is null) Interlocked.Increment(ref _refused);
            else _failed.Add($"{request.Name}: {fault}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), over).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
