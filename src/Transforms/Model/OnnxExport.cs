using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetRnn.Columns;
using MlNetRnn.Networks;
using MlNetRnn.Sequences;

namespace MlNetRnn.Model;

/// <summary>Writes a model for use outside ML.NET: the graph, and a JSON file that describes its inputs and outputs.</summary>
internal static class OnnxExport
{
    private static readonly Dictionary<string, string> OutputMeanings = new()
    {
        [NetworkSignature.Scores] =
            "float [batch, classes]: probabilities; [batch, 1]: the raw score of a binary classifier, or the prediction of a regression",
        [NetworkSignature.Probability] = "float [batch, 1]: the probability of the class true",
        [NetworkSignature.Attention] = "float [batch, steps]: the weight of each step, 0 after the end of a row",
        [NetworkSignature.Emissions] =
            "float [batch, steps, scores]: the emissions of each step: scores of the tags, or hidden units if tags depend on previous tags",
        [NetworkSignature.Transitions] =
            "float [tags + 2, tags]: the score of each tag (column) after each tag (row); the last two rows are the scores of the first and of the last tag",
        [NetworkSignature.PreviousTags] =
            "float [order, tags + 1, units]: the values that each previous tag, nearest first, adds to the hidden units; row 'tags' is before the first step",
        [NetworkSignature.TagScores] =
            "float [tags, units + 1]: the weights from tanh of the hidden units to the scores of the tags; the last column is the bias",
    };

    public static void Write(RnnModel model, string path)
    {
        File.WriteAllBytes(path, model.Network.Graph);
        RnnModelSpec spec = model.Spec;
        var inputs = new JsonObject();
        Add(inputs, spec.Reading, column: 0);
        inputs.Add(
            NetworkSignature.Lengths,
            "int32 [batch]: true lengths, at least 1; an empty text is one unknown token (1), an empty sequence is one missing frame");
        if (spec.Reading.Grid is not null)
            inputs.Add(
                NetworkSignature.Width,
                "int64 [1]: the width of the grids, which all have the same size; their cells are the steps, row by row, and a length is height times width");
        for (int i = 0; i < spec.Additional?.Count; i++) Add(inputs, spec.Additional[i].Reading, i + 1);
        if (spec.ReadsCharacters)
        {
            inputs.Add(
                NetworkSignature.Characters,
                "int64 [words, characters]: the characters of the distinct tokens of the batch in their original spelling, 0 after the end");
            inputs.Add(
                NetworkSignature.CharacterLengths,
                $"int32 [words]: the number of characters, at least 1; of a token with more than {CharacterIndex.MaximumLength}, "
                + $"the first and the last {CharacterIndex.MaximumLength / 2} are used");
            inputs.Add(NetworkSignature.Words, "int64 [batch, steps]: the index of the word of each step");
        }
        var outputs = new JsonObject();
        IEnumerable<string> names = model.Task.NetworkOutputs.Select(output => output.Name).Concat(model.Task.NetworkConstants);
        foreach (string name in names) outputs.Add(name, OutputMeanings[name]);
        var companion = new JsonObject
        {
            ["inputs"] = inputs,
            ["outputs"] = outputs,
            ["task"] = model.Task.Name,
            ["tagging"] = spec.Task.Tagging is { } tagging ? JsonSerializer.SerializeToNode(tagging, ModelJson.Default.TaggingSpec) : null,
            ["reading"] = Reading(spec.Reading),
            ["tokens"] = Numbered(spec.Reading, model.Words.Main),
            ["additional"] = spec.Additional is { } additional
                ? new JsonArray([.. additional.Select((column, i) => Additional(column, model.Words.Additional[i]))])
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

    private static JsonObject Additional(AdditionalInput column, Vocabulary words) => new()
    {
        ["column"] = column.Column,
        ["reading"] = Reading(column.Reading),
        ["tokens"] = Numbered(column.Reading, words),
    };

    private static JsonObject Reading(SequenceReading reading) => new()
    {
        ["kind"] = reading.Kind,         // "Text": split by the tokenization; "Tokens": already split
        ["tokenization"] = reading.Tokenization.ToString(),
        ["wordRules"] = Math.Max(1, reading.WordRules),
        ["lowerCase"] = reading.LowerCase,
        ["maximumLength"] = reading.MaximumLength,
        ["wordBigrams"] = reading.WordBigrams,
        ["frameSize"] = reading.FrameSize,
        ["channelsFirst"] = reading.Grid is { } grid ? grid.ChannelsFirst : null,
    };

    private static JsonArray? Numbered(SequenceReading reading, Vocabulary words) => reading.FrameSize > 0 ? null : Numbered(words);

    /// <summary>Returns the words at the index of their number; 0 is padding, 1 is the unknown word.</summary>
    private static JsonArray Numbered(Vocabulary words) => new([null, null, .. words.Words.Select(word => (JsonNode)word)]);
}
