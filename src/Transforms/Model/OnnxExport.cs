using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetRnn.Columns;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;

namespace MlNetRnn.Model;

/// <summary>Writes a model for use outside ML.NET: the graph, and beside it whatever is needed to feed it and to read its answers.</summary>
internal static class OnnxExport
{
    private static readonly Dictionary<string, string> OutputMeanings = new()
    {
        [NetworkSignature.Scores] = "float [batch, classes]: probabilities; [batch, 1]: the raw score of a binary classifier, the number of a regression",
        [NetworkSignature.Probability] = "float [batch, 1]: the probability of the class true",
        [NetworkSignature.Attention] = "float [batch, steps]: the weight of each step, 0 after the end of a row",
        [NetworkSignature.Emissions] = "float [batch, steps, scores]: what each step says of its own tag: scores of the tags, or hidden units where tags depend on the last ones",
        [NetworkSignature.Transitions] = "float [tags + 2, tags]: the score of each tag (column) after each other one (row); the last two rows are the scores of the first tag and of the last",
        [NetworkSignature.PreviousTags] = "float [order, tags + 1, units]: what the 1st … last tag before adds to the hidden units; row 'tags' stands before the first step",
        [NetworkSignature.TagScores] = "float [tags, units + 1]: from tanh of the hidden units to the scores of the tags; the last column is added",
    };

    public static void Write(RnnModel model, string path)
    {
        File.WriteAllBytes(path, model.Network.Graph);
        RnnModelSpec spec = model.Spec;
        var inputs = new JsonObject();
        Add(inputs, spec.Reading, column: 0);
        inputs.Add(NetworkSignature.Lengths, "int32 [batch]: true lengths, at least 1; an empty text is one unknown token (1), an empty sequence one missing frame");
        for (int i = 0; i < spec.Additional?.Count; i++) Add(inputs, spec.Additional[i].Reading, i + 1);
        if (spec.ReadsCharacters)
        {
            inputs.Add(NetworkSignature.Characters, "int64 [words, characters]: the characters of the different tokens of the batch as they are spelled, 0 after the end");
            inputs.Add(NetworkSignature.CharacterLengths, $"int32 [words]: how many, at least 1; of tokens with more than {CharacterIndex.MaximumLength} the first and the last {CharacterIndex.MaximumLength / 2}");
            inputs.Add(NetworkSignature.Words, "int64 [batch, steps]: which of the words each step is");
        }
        var outputs = new JsonObject();
        foreach (string output in model.Task.NetworkOutputs.Select(output => output.Name).Concat(model.Task.NetworkConstants)) outputs.Add(output, OutputMeanings[output]);
        var companion = new JsonObject
        {
            ["inputs"] = inputs,
            ["outputs"] = outputs,
            ["task"] = model.Task.Name,
            ["tagging"] = spec.Task.Tagging is { } tagging ? JsonSerializer.SerializeToNode(tagging, ModelJson.Default.TaggingSpec) : null,
            ["reading"] = Reading(spec.Reading),
            ["tokens"] = Numbered(spec.Reading, model.Words.Main),
            ["additional"] = spec.Additional is { } additional
                ? new JsonArray([.. additional.Select((column, i) => new JsonObject { ["column"] = column.Column, ["reading"] = Reading(column.Reading), ["tokens"] = Numbered(column.Reading, model.Words.Additional[i]) })])
                : null,
            ["characters"] = model.Words.Characters is { } characters ? Numbered(characters.Characters) : null,
            ["labels"] = model.Labels is { } labels ? new JsonArray([.. labels.Names.Select(name => (JsonNode)name)]) : null,
        };
        using FileStream file = File.Create(CompanionPath(path));
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        companion.WriteTo(writer);
    }

    public static string CompanionPath(string path) => Path.ChangeExtension(path, ".vocabulary.json");

    private static void Add(JsonObject inputs, SequenceReading reading, int column)
    {
        bool hasFrames = reading.FrameSize > 0;
        inputs.Add(NetworkSignature.OfColumn(hasFrames ? NetworkSignature.Frames : NetworkSignature.Tokens, column), hasFrames
            ? "float [batch, steps, frame size]: frames; NaN is a missing value"
            : "int64 [batch, steps]: token numbers, 0 after the end of a row");
    }

    private static JsonObject Reading(SequenceReading reading) => new()
    {
        ["kind"] = reading.Kind,         // "Text": cut by the tokenization; "Tokens": cut already
        ["tokenization"] = reading.Tokenization.ToString(),
        ["wordRules"] = Math.Max(1, reading.WordRules),
        ["lowerCase"] = reading.LowerCase,
        ["maximumLength"] = reading.MaximumLength,
        ["wordBigrams"] = reading.WordBigrams,
        ["frameSize"] = reading.FrameSize,
    };

    private static JsonArray? Numbered(SequenceReading reading, Vocabulary words) => reading.FrameSize > 0 ? null : Numbered(words);

    /// <summary>The index is the number; 0 is padding, 1 unknown.</summary>
    private static JsonArray Numbered(Vocabulary words) => new([null, null, .. words.Words.Select(word => (JsonNode)word)]);
}
