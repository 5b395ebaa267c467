using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetRnn.Model;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>
/// Writes a language model for use outside ML.NET: the graph, and a JSON file that describes its inputs, its outputs and the loop over the symbols.
/// </summary>
internal static class LanguageModelExport
{
    /// <summary>Writes a model. Each member of an ensemble has files of its own, with its number before the extension of the name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isStream">Whether it was trained on one stream of rows.</param>
    /// <param name="path">The file of the graph.</param>
    /// <exception cref="NotSupportedException">The model, or a member, has no graph.</exception>
    public static void Write(LanguageModel model, bool isStream, string path)
    {
        IReadOnlyList<LanguageModel> members = model is EnsembleLanguageModel ensemble ? ensemble.Members : [model];
        if (members.FirstOrDefault(member => member is not RecurrentLanguageModel) is { } other)
            throw new NotSupportedException($"SaveAsOnnx: expected a recurrent network, got a {other.Description}, which has no graph.");
        if (members is [var only]) WriteNetwork((RecurrentLanguageModel)only, isStream, path);
        else
            for (int i = 0; i < members.Count; i++)
                WriteNetwork((RecurrentLanguageModel)members[i], isStream, RnnEnsemble.FileOf(path, i));
    }

    private static void WriteNetwork(RecurrentLanguageModel network, bool isStream, string path)
    {
        File.WriteAllBytes(path, network.Graph);
        SymbolCodec codec = network.Codec;
        var companion = new JsonObject
        {
            ["task"] = "LanguageModel",
            ["inputs"] = new JsonObject
            {
                [NetworkSignature.Tokens] = "int64 [batch, steps]: symbols to read. The first symbol of a document is the boundary, 0",
                [NetworkSignature.Targets] = "int64 [batch, steps]: the symbol after each step, for log_probability; zeros if only logits are wanted",
                [NetworkSignature.Lengths] = "int32 [batch]: true lengths, at least 1",
                [NetworkSignature.Hidden(0) + ", …"] = "float [1, batch, size]: the state of each layer before the first step; zeros at the beginning",
                [NetworkSignature.Memory(0) + ", …"] = "float [1, batch, size]: the memory of each LSTM layer; zeros at the beginning",
            },
            ["outputs"] = new JsonObject
            {
                [NetworkSignature.LogProbability] = "float [batch, steps]: the natural logarithm of the probability of each target",
                [NetworkSignature.Logits] = "float [batch, symbols]: logits of the symbol after the last step",
                [NetworkSignature.Next(NetworkSignature.Hidden(0)) + ", …"] = "the states after the last step, which are the inputs of the next run",
            },
            ["generation"] = "Run with the boundary 0 and zero states. Then repeat: draw a symbol from softmax(logits), "
                + (isStream ? "which is a line break if it is the boundary" : "stop at the boundary")
                + ", and run with that symbol and the states of the previous run.",
            ["isStream"] = isStream,
            ["unit"] = codec.Unit.ToString(),
            ["encoding"] = new JsonObject(codec.Save().Select(part =>
                KeyValuePair.Create(Path.GetFileNameWithoutExtension(part.Name), JsonNode.Parse(part.Content)))),
            ["symbols"] = new JsonArray([.. Enumerable.Range(0, codec.Count).Select(symbol => (JsonNode?)codec.TextOf(symbol))]),
        };
        using FileStream file = File.Create(Model.OnnxExport.CompanionPath(path));
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        companion.WriteTo(writer);
    }
}
