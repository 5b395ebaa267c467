using System.Net.Http.Json;
using System.Text.Json;

namespace MlNetRnn.LoadTest;

/// <summary>Requests the classes of one text or of sixteen texts, or tags, and compares the answers with the offline predictions.</summary>
internal sealed class Client(Service service, Models models, Random random)
{
    private const int Many = 16;

    /// <summary>The rows of one request run in one padded batch, so the order of the additions differs from that of a single row.</summary>
    private const double Tolerance = 1e-4;

    /// <returns>The number of texts in the request, a failure, and a wrong answer.</returns>
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
        if (!models.Expected.TryGetValue(version, out IReadOnlyList<Dictionary<string, float>>? expected)) return $"expected a known model, got '{version}'";
        JsonElement answers = root.GetProperty("answers");
        if (answers.GetArrayLength() != which.Length) return $"expected {which.Length} answers, got {answers.GetArrayLength()}";
        for (int i = 0; i < which.Length; i++)
        {
            Dictionary<string, float> right = expected[which[i]];
            int classes = answers[i].GetProperty("classes").GetArrayLength();
            if (classes != right.Count) return $"{version}, text {which[i]}: expected {right.Count} classes, got {classes}";
            foreach (JsonElement one in answers[i].GetProperty("classes").EnumerateArray())
            {
                string label = one.GetProperty("label").GetString()!;
                double probability = one.GetProperty("probability").GetDouble();
                if (!(Math.Abs(probability - right[label]) <= Tolerance))
                    return $"{version}, text {which[i]}, {label}: expected {right[label]}, got {probability}";
            }
        }
        return null;
    }

    /// <summary>Checks that every token is at its place in the text and has the tag of the offline prediction.</summary>
    private string? WrongTags(JsonElement root, int[] which)
    {
        JsonElement answers = root.GetProperty("answers");
        if (answers.GetArrayLength() != which.Length) return $"expected {which.Length} answers, got {answers.GetArrayLength()}";
        for (int i = 0; i < which.Length; i++)
        {
            string text = models.Texts[which[i]];
            JsonElement[] tokens = [.. answers[i].GetProperty("tokens").EnumerateArray()];
            string[] tags = [.. tokens.Select(token => token.GetProperty("tag").GetString() ?? "")];
            string[] right = models.Tags(which[i], [.. tokens.Select(token => token.GetProperty("text").GetString()!)]);
            if (!tags.SequenceEqual(right)) return $"text {which[i]}: expected the tags {string.Join(' ', right)}, got {string.Join(' ', tags)}";
            foreach (JsonElement token in tokens)
            {
                int start = token.GetProperty("start").GetInt32(), length = token.GetProperty("length").GetInt32();
                string expected = token.GetProperty("text").GetString()!, got = start < 0 || start + length > text.Length ? "" : text.Substring(start, length);
                if (got != expected) return $"text {which[i]}: expected the token '{expected}' at {start}, got '{got}'";
            }
        }
        return null;
    }
}
