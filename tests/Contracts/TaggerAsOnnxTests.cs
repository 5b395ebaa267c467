using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Contracts;

/// <summary>The exported files of a tagger are enough: a program that knows nothing of this library finds the same tags.</summary>
public class TaggerAsOnnxTests
{
    [Fact]
    public void The_graph_and_its_companion_are_enough_to_tag()
    {
        var ml = new MLContext(1);
        Row[] rows = [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? new Row { Tokens = ["Anna", "saw", "Oslo"], Label = ["B-PER", "O", "B-LOC"] } : new Row { Tokens = ["the", "Oslo", "train"], Label = ["O", "B-LOC", "I-LOC"] })];
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnSequenceTagging(RnnSequenceTaggingContract.Tiny with { Network = TaggingContract.TinyNetwork with { KeepSpanRules = false } }).Fit(ml.Data.LoadFromEnumerable(rows));
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"));
        using JsonDocument companion = JsonDocument.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
        using var session = new InferenceSession(folder.File("model.onnx"));
        Assert.Equal(companion.RootElement.GetProperty("inputs").EnumerateObject().Select(p => p.Name).Order(), session.InputMetadata.Keys.Order());
        Assert.Equal(companion.RootElement.GetProperty("outputs").EnumerateObject().Select(p => p.Name).Order(), session.OutputMetadata.Keys.Order());
        string[] labels = Strings(companion, "labels")!;

        string[] sentence = ["Anna", "saw", "the", "Olso", "train", "saw"];
        (float[] emissions, float[] transitions) = Run(session, sentence, Strings(companion, "tokens"), Strings(companion, "characters"));
        int[] best = [.. Enumerable.Range(0, (int)Math.Pow(labels.Length, sentence.Length)).Select(code => Enumerable.Range(0, sentence.Length).Select(t => code / (int)Math.Pow(labels.Length, t) % labels.Length).ToArray())
            .MaxBy(tags => Score(tags, emissions, transitions, labels.Length))!];
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(new[] { new Row { Tokens = sentence } }));
        Assert.Equal(best.Select(tag => (uint)tag + 1), scored.GetColumn<uint[]>("PredictedLabel").Single());
    }

    private static (float[] Emissions, float[] Transitions) Run(InferenceSession session, string[] sentence, string[] tokens, string[] characters)
    {
        long Number(string[] names, string name) => Math.Max(1, Array.IndexOf(names, name));
        string[] words = [.. sentence.Distinct()];
        int longest = words.Max(word => word.Length);
        using var ids = OrtValue.CreateTensorValueFromMemory([.. sentence.Select(word => Number(tokens, word.ToLowerInvariant()))], [1, sentence.Length]);
        using var lengths = OrtValue.CreateTensorValueFromMemory(new[] { sentence.Length }, [1]);
        using var letters = OrtValue.CreateTensorValueFromMemory([.. words.SelectMany(word => Enumerable.Range(0, longest).Select(c => c < word.Length ? Number(characters, word[c].ToString()) : 0))], [words.Length, longest]);
        using var letterCounts = OrtValue.CreateTensorValueFromMemory([.. words.Select(word => word.Length)], [words.Length]);
        using var places = OrtValue.CreateTensorValueFromMemory([.. sentence.Select(word => (long)Array.IndexOf(words, word))], [1, sentence.Length]);
        using var run = new RunOptions();
        using var result = session.Run(run, ["tokens", "lengths", "characters", "character_lengths", "words"], [ids, lengths, letters, letterCounts, places], ["emissions", "transitions"]);
        return (result[0].GetTensorDataAsSpan<float>().ToArray(), result[1].GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>As docs/model-format.md tells it.</summary>
    private static double Score(int[] tags, float[] emissions, float[] transitions, int count)
    {
        double score = transitions[count * count + tags[0]] + transitions[(count + 1) * count + tags[^1]];
        for (int t = 0; t < tags.Length; t++) score += emissions[t * count + tags[t]] + (t == 0 ? 0 : transitions[tags[t - 1] * count + tags[t]]);
        return score;
    }

    private static string[] Strings(JsonDocument companion, string property) => [.. companion.RootElement.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    private sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
