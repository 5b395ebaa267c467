using System.Text.Json;
using MlNetRnn.Networks;

namespace MlNetRnn.Model;

/// <summary>Writes a model for use outside ML.NET: the graph, and beside it whatever is needed to feed it and to read its answers.</summary>
internal static class OnnxExport
{
    public static void Write(RnnModel model, string path)
    {
        File.WriteAllBytes(path, model.Network.Graph);
        var companion = new
        {
            inputs = new Dictionary<string, string>
            {
                [NetworkSignature.Tokens] = "int64 [batch, steps]: token numbers, 0 after the end of a row",
                [NetworkSignature.Lengths] = "int32 [batch]: true lengths, at least 1; an empty text is one unknown token (1)",
            },
            outputs = new Dictionary<string, string> { [NetworkSignature.Scores] = "float [batch, classes]: probabilities" },
            reading = new
            {
                kind = model.Spec.Reading.Kind,         // "Text": cut by the tokenisation; "Tokens": cut already
                tokenization = model.Spec.Reading.Tokenization.ToString(),
                lowerCase = model.Spec.Reading.LowerCase,
                maximumLength = model.Spec.Reading.MaximumLength,
            },
            tokens = (string?[])[null, null, .. model.Vocabulary.Words],       // the index is the number; 0 is padding, 1 unknown
            labels = model.Labels?.Names,
        };
        File.WriteAllText(CompanionPath(path), JsonSerializer.Serialize(companion, new JsonSerializerOptions { WriteIndented = true }));
    }

    public static string CompanionPath(string path) => Path.ChangeExtension(path, ".vocabulary.json");
}
