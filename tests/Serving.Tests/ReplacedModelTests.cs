using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The file of a model is replaced while the service runs.</summary>
[Collection(nameof(TinyModels))]
public sealed class ReplacedModelTests(TinyModels models)
{
    private static readonly string[] Texts = ["Where is my parcel?", "You charged my card twice", "", "cant log in"];
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Each_answer_is_that_of_the_model_whose_version_it_has()
    {
        var expected = new Dictionary<string, float[][]>();
        foreach (string file in new[] { models.Topics, models.OtherTopics }) expected[ClassifyTests.Version(file)] = models.Offline(file, Texts);
        string served = Copy(models.Topics, "replaced.zip"), next = Copy(models.OtherTopics, "next.zip");
        var log = new RecordedLog();
        using var service = new RunningService(served, models.Entities, logs: log);
        string first = ClassifyTests.Version(models.Topics), last = ClassifyTests.Version(models.OtherTopics);

        var seen = new ConcurrentBag<string>();
        int answered = 0;
        using var stop = new CancellationTokenSource(LongEnough);
        Task[] clients = [.. Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            string version = "";
            while (version != last && !stop.IsCancellationRequested)
            {
                JsonElement reply = await service.Ask("/classify", client % 2 == 0 ? new { texts = Texts } : new { text = Texts[client] });
                version = reply.GetProperty("model").GetString()!;
                float[][] right = client % 2 == 0 ? expected[version] : [expected[version][client]];
                foreach ((float[] one, JsonElement answer) in right.Zip(reply.GetProperty("answers").EnumerateArray()))
                    ClassifyTests.AssertClose(one, ClassifyTests.Probabilities(answer));
                seen.Add(version);
                if (Interlocked.Increment(ref answered) == 50) File.Move(next, served, overwrite: true);
            }
        }))];
        await Task.WhenAll(clients);
        Assert.Contains(first, seen);
        Assert.Contains(last, seen);
        await Until(() => log.Lines.Any(line => line.Contains("was replaced") && line.Contains(last)));
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_leaves_the_old_model_in_use_until_a_usable_one_follows()
    {
        string served = Copy(models.Topics, "broken.zip");
        var log = new RecordedLog();
        using var service = new RunningService(served, models.Entities, logs: log);
        (string File, string Reason)[] unusable =
        [
            (Copy(models.Entities, "tagger-as-classifier.zip"), "Tokens"),
            (Copy(models.Stars, "regression-as-classifier.zip"), ""),
            (
                NewFile("text.zip", "not a model, but long enough for one"),
                "expected a model as ML.Model.Save writes it, got something other than a zip archive"),
            (NewFile("two-bytes.zip", "PK"), "expected a model as ML.Model.Save writes it, got a file of 2 bytes"),
            (NewFile("empty.zip", ""), "expected a model as ML.Model.Save writes it, got a file of 0 bytes"),
        ];
        for (int i = 0; i < unusable.Length; i++)
        {
            File.Move(unusable[i].File, served, overwrite: true);
            int count = i + 1;
            await Until(() => log.Lines.Count == count);
            Assert.StartsWith($"Error: {served} was replaced and cannot be used; version {ClassifyTests.Version(models.Topics)}", log.Lines.Last());
            Assert.Contains("stays in use", log.Lines.Last());
            Assert.Contains(unusable[i].Reason, log.Lines.Last());
            Assert.Equal(ClassifyTests.Version(models.Topics), (await service.Ask("/classify", new { text = Texts[0] })).GetProperty("model").GetString());
        }
        File.Delete(served);
        Assert.Equal(ClassifyTests.Version(models.Topics), (await service.Ask("/classify", new { text = Texts[0] })).GetProperty("model").GetString());
        File.Move(Copy(models.OtherTopics, "good.zip"), served);
        await Until(() => log.Lines.Any(line => line.StartsWith("Information: ", StringComparison.Ordinal)));
        Assert.Equal(ClassifyTests.Version(models.OtherTopics), (await service.Ask("/classify", new { text = Texts[0] })).GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("m.zip cannot be used: a\nb", "a\nb", "m.zip cannot be used: a b")]
    [InlineData("An unhandled exception has occurred.", "a\nb", "An unhandled exception has occurred. InvalidOperationException: a b")]
    public void A_line_of_the_log_has_the_message_of_the_exception_once_and_no_stack_trace(string message, string fault, string expected)
    {
        var line = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "classify", 0, message, new InvalidOperationException(fault), (state, _) => state);
        new LogLine().Write(entry, null, line);
        Assert.Equal($" error classify: {expected}{Environment.NewLine}", line.ToString()[8..]);
    }

    [Fact]
    public async Task A_tagger_with_other_tags_replaces_the_old_one_and_its_scheme()
    {
        string served = Copy(models.Entities, "tagger.zip");
        var log = new RecordedLog();
        using var service = new RunningService(models.Topics, served, logs: log);
        File.Move(Copy(models.PartsOfSpeech, "parts.zip"), served, overwrite: true);
        await Until(() => !log.Lines.IsEmpty);
        JsonElement reply = await service.Ask("/tag", new { text = "Anna sleeps ." });
        Assert.Equal(ClassifyTests.Version(models.PartsOfSpeech), reply.GetProperty("model").GetString());
        Assert.Empty(reply.GetProperty("answers")[0].GetProperty("spans").EnumerateArray());
        JsonElement health = JsonElement.Parse(await service.Client.GetStringAsync("/health"));
        Assert.Equal(ClassifyTests.Version(models.PartsOfSpeech), health.GetProperty("models").GetProperty("tag").GetProperty("version").GetString());
    }

    private string NewFile(string name, string content)
    {
        string file = models.NewFile(name);
        File.WriteAllText(file, content);
        return file;
    }

    private string Copy(string file, string name)
    {
        string copy = models.NewFile(name);
        File.Copy(file, copy);
        // As if the file had been written now.
        File.SetLastWriteTimeUtc(copy, DateTime.UtcNow);
        return copy;
    }

    private static async Task Until(Func<bool> holds)
    {
        using var stop = new CancellationTokenSource(LongEnough);
        while (!holds()) await Task.Delay(20, stop.Token);
    }
}
