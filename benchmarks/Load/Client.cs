using System.Net.Http.Json;
using System.Text.Json;

namespace MlNetRnn.LoadTest;

/// <summary>Asks for the classes of one text mostly, of sixteen at times, and for tags, and compares what it is told.</summary>
internal sealed class Client(Service service, Models models, Random random)
{
    private const int Many = 16;

    /// <summary>The rows of one request run together, padded, in another order than alone.</summary>
    private const double Tolerance = 1e-4;

    /// <returns>How many texts it asked about, what failed, and what was wrong.</returns>
    public async Task<(int Texts, string? Fault, string? Wrong)> Ask()
    {
        int kind = random.Next(10), count = kind < 7 ? 1 : Many;
        int[] which = [.. Enumerable.Range(0, count).Select(_ => random.Next(models.Texts.Count))];
        string path = kind == 9 ? "/tag" : "/classify";
        object body = count == 1 ? new { text = models.Texts[which[0]] } : new { texts = which.Select(i => models.Texts[i]) };
        try
        {
            using HttpResponseMessage response = await service.Client.PostAsJsonAsync(path, body);
            string content = await response.Content.ReadAsStringAsync();
            if (!response.IsSuccessStatusCode) return (count, $"{path}: {(int)response.StatusCode} {content}", null);
            using JsonDocument answer = JsonDocument.Parse(content);
            return (count, null, path == "/tag" ? WrongTags(answer.RootElement, which) : WrongClasses(answer.RootElement, which));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException or KeyNotFoundException)
        {
            return (count, $"{path}: {e.GetBaseException().Message}", null);
        }
    }

    private string? WrongClasses(JsonElement root, int[] which)
    {
        string version = root.GetProperty("model").GetString() ?? "";
        if (!models.Expected.TryGetValue(version, out IReadOnlyList<Dictionary<string, float>>? expected)) return $"unknown model '{version}'";
        JsonElement answers = root.GetProperty("answers");
        if (answers.GetArrayLength() != which.Length) return $"{answers.GetArrayLength()} answers to {which.Length} texts";
        for (int i = 0; i < which.Length; i++)
        {
            Dictionary<string, float> right = expected[which[i]];
            int classes = answers[i].GetProperty("classes").GetArrayLength();
            if (classes != right.Count) return $"{version}, text {which[i]}: expected {right.Count} classes, got {classes}";
            foreach (JsonElement one in answers[i].GetProperty("classes").EnumerateArray())
            {
                string label = one.GetProperty("label").GetString()!;
                double probability = one.GetProperty("probability").GetDouble();
                if (!(Math.Abs(probability - right[label]) <= Tolerance)) return $"{version}, text {which[i]}, {label}: expected {right[label]}, got {probability}";
            }
        }
        return null;
    }

    /// <summary>Every token lies where it says in its text, and has the tag that the file gives it offline.</summary>
    private string? WrongTags(JsonElement root, int[] which)
    {
        JsonElement answers = root.GetProperty("answers");
        if (answers.GetArrayLength() != which.Length) return $"{answers.GetArrayLength()} answers to {which.Length} texts";
        for (int i = 0; i < which.Length; i++)
        {
            string text = models.Texts[which[i]];
            JsonElement[] tokens = [.. answers[i].GetProperty("tokens").EnumerateArray()];
            string[] said = [.. tokens.Select(token => token.GetProperty("tag").GetString() ?? "")], right = models.Tags(which[i], [.. tokens.Select(token => token.GetProperty("text").GetString()!)]);
            if (!said.SequenceEqual(right)) return $"text {which[i]}: expected the tags {string.Join(' ', right)}, got {string.Join(' ', said)}";
            foreach (JsonElement token in tokens)
            {
                int start = token.GetProperty("start").GetInt32(), length = token.GetProperty("length").GetInt32();
                if (start < 0 || start + length > text.Length || text.Substring(start, length) != token.GetProperty("text").GetString()) return $"text {which[i]}: token at {start} is not there";
            }
        }
        return null;
    }
}
