using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Contracts;

/// <summary>The exported files of a tagger are sufficient for a program without this library to find the same tags.</summary>
public class TaggerAsOnnxTests
{
    [Fact]
    public void The_graph_and_the_vocabulary_file_are_sufficient_to_tag()
    {
        var ml = new MLContext(1);
        Row names = new() { Tokens = ["Anna", "saw", "Oslo"], Label = ["B-PER", "O", "B-LOC"] };
        Row train = new() { Tokens = ["the", "Oslo", "train"], Label = ["O", "B-LOC", "I-LOC"] };
        RnnSequenceTaggingOptions options = RnnSequenceTaggingContract.Tiny with { Network = TaggingContract.TinyNetwork with { KeepSpanRules = false } };
        RnnTransformer model = ml.MulticlassClassification.Trainers.RnnSequenceTagging(options).Fit(ml.LoadRows(12, i => i % 2 == 0 ? names : train));
        using var folder = new TemporaryFolder();
        model.SaveAsOnnx(folder.File("model.onnx"));
        using JsonDocument companion = JsonDocument.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
        using var session = new InferenceSession(folder.File("model.onnx"));
        Assert.Equal(Names(companion, "inputs"), session.InputMetadata.Keys.Order());
        Assert.Equal(Names(companion, "outputs"), session.OutputMetadata.Keys.Order());

        string[] sentence = ["Anna", "saw", "the", "Olso", "train", "saw"];
        int labels = Strings(companion, "labels").Length;
        (float[] emissions, float[] transitions) = Run(session, sentence, Strings(companion, "tokens"), Strings(companion, "characters"));
        int[] best = AllSequences(labels, sentence.Length).MaxBy(tags => Score(tags, emissions, transitions, labels))!;
        IDataView scored = model.Transform(ml.LoadRows(new Row { Tokens = sentence }));
        Assert.Equal(best.Select(tag => (uint)tag + 1), scored.GetColumn<uint[]>("PredictedLabel").Single());
    }

    private static IEnumerable<int[]> AllSequences(int labels, int length) =>
        from code in Enumerable.Range(0, (int)Math.Pow(labels, length))
        select Enumerable.Range(0, length).Select(t => code / (int)Math.Pow(labels, t) % labels).ToArray();

    private static (float[] Emissions, float[] Transitions) Run(InferenceSession session, string[] sentence, string[] tokens, string[] characters)
    {
        string[] words = [.. sentence.Distinct()];
        int longest = words.Max(word => word.Length);
        long[] ids = [.. sentence.Select(word => Number(tokens, word.ToLowerInvariant()))];
        long[] letters = [.. words.SelectMany(word => word.PadRight(longest)).Select(letter => letter == ' ' ? 0 : Number(characters, letter.ToString()))];
        long[] wordOfStep = [.. sentence.Select(word => (long)Array.IndexOf(words, word))];
        using var idValue = OrtValue.CreateTensorValueFromMemory(ids, [1, sentence.Length]);
        using var lengthValue = OrtValue.CreateTensorValueFromMemory(new[] { sentence.Length }, [1]);
        using var letterValue = OrtValue.CreateTensorValueFromMemory(letters, [words.Length, longest]);
        using var letterCountValue = OrtValue.CreateTensorValueFromMemory([.. words.Select(word => word.Length)], [words.Length]);
        using var wordValue = OrtValue.CreateTensorValueFromMemory(wordOfStep, [1, sentence.Length]);
        using var run = new RunOptions();
        string[] inputs = ["tokens", "lengths", "characters", "character_lengths", "words"];
        OrtValue[] values = [idValue, lengthValue, letterValue, letterCountValue, wordValue];
        using var result = session.Run(run, inputs, values, ["emissions", "transitions"]);
        return (result[0].GetTensorDataAsSpan<float>().ToArray(), result[1].GetTensorDataAsSpan<float>().ToArray());

        static long Number(string[] names, string name) => Math.Max(1, Array.IndexOf(names, name));
    }

    /// <summary>Computes the score of a sequence of tags by the formula of docs/model-format.md.</summary>
    private static double Score(int[] tags, float[] emissions, float[] transitions, int count)
    {
        double score = transitions[count * count + tags[0]] + transitions[(count + 1) * count + tags[^1]];
        for (int t = 0; t < tags.Length; t++) score += emissions[t * count + tags[t]] + (t == 0 ? 0 : transitions[tags[t - 1] * count + tags[t]]);
        return score;
    }

    private static IEnumerable<string> Names(JsonDocument companion, string property) =>
        companion.RootElement.GetProperty(property).EnumerateObject().Select(p => p.Name).Order();

    private static string[] Strings(JsonDocument companion, string property) =>
        [.. companion.RootElement.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    private sealed class Row
    {
        public string[] Tokens { get; set; } = [];

        public string[] Label { get; set; } = [];
    }
}
