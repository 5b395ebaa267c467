using System.Text.Json;
using MlNetRnn.Networks;

namespace MlNetRnn.Model;

/// <summary>Writes a model for use outside ML.NET: the graph, and beside it whatever is needed to feed it and to read its answers.</summary>
internal static class OnnxExport
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private static readonly Dictionary<string, string> OutputMeanings = new()
    {
        [NetworkSignature.Scores] = "float [batch, classes]: probabilities; [batch, 1]: the raw score of a binary classifier, the number of a regression",
        [NetworkSignature.Probability] = "float [batch, 1]: the probability of the class true",
        [NetworkSignature.Attention] = "float [batch, steps]: the weight of each step, 0 after the end of a row",
    };

    public static void Write(RnnModel model, string path)
    {
        File.WriteAllBytes(path, model.Network.Graph);
        bool hasFrames = model.Spec.Reading.FrameSize > 0;
        var companion = new
        {
            inputs = new Dictionary<string, string>
            {
                [hasFrames ? NetworkSignature.Frames : NetworkSignature.Tokens] = hasFrames
                    ? "float [batch, steps, frame size]: frames; NaN is a missing value"
                    : "int64 [batch, steps]: token numbers, 0 after the end of a row",
                [NetworkSignature.Lengths] = "int32 [batch]: true lengths, at least 1; an empty text is one unknown token (1), an empty sequence one missing frame",
            },
            outputs = model.Task.NetworkOutputs.ToDictionary(output => output.Name, output => OutputMeanings[output.Name]),
            task = model.Task.Name,
            reading = new
            {
                kind = model.Spec.Reading.Kind,         // "Text": cut by the tokenisation; "Tokens": cut already
                tokenization = model.Spec.Reading.Tokenization.ToString(),
                lowerCase = model.Spec.Reading.LowerCase,
                maximumLength = model.Spec.Reading.MaximumLength,
                wordBigrams = model.Spec.Reading.WordBigrams,
                frameSize = model.Spec.Reading.FrameSize,
            },
            tokens = hasFrames ? null : (string?[])[null, null, .. model.Vocabulary.Words],       // the index is the number; 0 is padding, 1 unknown
            labels = model.Labels?.Names,
        };
        File.WriteAllText(CompanionPath(path), JsonSerializer.Serialize(companion, Json));
    }

    public static string CompanionPath(string path) => Path.ChangeExtension(path, ".vocabulary.json");
}
