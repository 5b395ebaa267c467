using System.Text.Json;
using System.Text.Json.Nodes;
using MlNetRnn.Model;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>Writes a translation model for use outside ML.NET: its graphs, and a JSON file that describes them and the loop over the symbols.</summary>
internal static class TranslationExport
{
    /// <summary>Writes a model. Each member of an ensemble has files of its own, with its number before the extensions.</summary>
    public static void Write(RnnTranslationTransformer transformer, string path)
    {
        RecurrentTranslationModel[] members = [.. Networks(transformer.Model)];
        for (int i = 0; i < members.Length; i++)
        {
            string own = members.Length == 1 ? path : RnnEnsemble.FileOf(path, i);
            RecurrentTranslationModel network = members[i];
            // With encoders or decoders of their own, languages have graphs of their own.
            for (int graph = 0; graph < network.EncoderGraphs.Length; graph++)
                File.WriteAllBytes(Path.ChangeExtension(own, Pair(graph) + ".encoder.onnx"), network.EncoderGraphs[graph]);
            for (int decoder = 0; decoder < network.StepGraphs.Length; decoder++)
                File.WriteAllBytes(Path.ChangeExtension(own, Of(network.StepGraphs, decoder) + ".step.onnx"), network.StepGraphs[decoder]);

            string Pair(int graph) => network.EncoderGraphs.Length == 1
                ? ""
                : FormattableString.Invariant($".{graph / network.StepGraphs.Length}.{graph % network.StepGraphs.Length}");
            static string Of(byte[][] graphs, int i) => graphs.Length == 1 ? "" : FormattableString.Invariant($".{i}");
            using FileStream file = File.Create(Path.ChangeExtension(own, ".translation.json"));
            using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
            Describe(transformer, network).WriteTo(writer);
        }
    }

    private static IEnumerable<RecurrentTranslationModel> Networks(TranslationModel model) => model is EnsembleTranslationModel ensemble
        ? ensemble.Members.SelectMany(Networks)
        : [(RecurrentTranslationModel)model];

    private static JsonObject Describe(RnnTranslationTransformer transformer, RecurrentTranslationModel network)
    {
        TranslationSpec spec = transformer.Spec;
        bool hasFrames = spec.Source.FrameSize > 0;
        return new JsonObject
        {
            ["task"] = "Translation",
            ["encoder"] = new JsonObject
            {
                [hasFrames ? NetworkSignature.Frames : NetworkSignature.Tokens] = hasFrames
                    ? "input, float [batch, steps, size]: frames; NaN is a missing value"
                    : "input, int64 [batch, steps]: the tag of the target language if there are several (number of source symbols + number of the language), "
                      + "the symbols, and 0",
                [NetworkSignature.Lengths] = "input, int32 [batch]: true lengths",
                [NetworkSignature.EncoderState] = "output, float [batch, size]: the last state of each direction",
                [NetworkSignature.Next(NetworkSignature.Hidden(0)) + ", …"] = "outputs, float [1, batch, size]: the initial states of the decoder",
                [NetworkSignature.SourceStates + ", " + NetworkSignature.SourceKeys] = "outputs, float [batch, steps, size], with attention only",
            },
            ["step"] = new JsonObject
            {
                [NetworkSignature.Tokens] = "input, int64 [batch, 1]: the last target symbol; 0 at the beginning",
                [NetworkSignature.Hidden(0) + ", …"] = "inputs, float [1, batch, size]: the states before the step; those of the encoder at the beginning",
                [NetworkSignature.SourceStates + ", " + NetworkSignature.SourceKeys] = "inputs, with attention only: the outputs of the encoder",
                [NetworkSignature.SourceLengths] = "input, int32 [batch], with attention only: true lengths of the sources",
                [NetworkSignature.Logits] = "output, float [batch, symbols]: logits of the next target symbol",
                [NetworkSignature.Next(NetworkSignature.Hidden(0)) + ", …"] = "outputs: the states after the step",
                [NetworkSignature.Attention] = "output, float [batch, steps], with attention only: the weight of each source step",
            },
            ["loop"] = "Run the encoder once. Then repeat: run the step with the last symbol, take the most probable next symbol, stop at 0.",
            ["languages"] = new JsonArray([.. transformer.TargetLanguages.Select(language => (JsonNode?)language)]),
            ["source"] = network.Source is { } source ? Describe(source) : null,
            ["target"] = Describe(network.Target),
        };
    }

    private static JsonObject Describe(SymbolCodec codec) => new()
    {
        ["unit"] = codec.Unit.ToString(),
        ["encoding"] = new JsonObject(codec.Save().Select(part =>
            KeyValuePair.Create(Path.GetFileNameWithoutExtension(part.Name), JsonNode.Parse(part.Content)))),
        ["symbols"] = new JsonArray([.. Enumerable.Range(0, codec.Count).Select(symbol => (JsonNode?)codec.TextOf(symbol))]),
    };
}
