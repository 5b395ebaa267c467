using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Contracts;

/// <summary>The two graphs of a translation model and the file beside them are enough to translate without this library.</summary>
public class TranslationAsOnnxTests : TranslationCase
{
    [Theory]
    [InlineData(RnnAttention.Additive, RnnCell.Gru, false)]
    [InlineData(RnnAttention.General, RnnCell.Lstm, true)]
    [InlineData(RnnAttention.Dot, RnnCell.Elman, false)]
    [InlineData(RnnAttention.None, RnnCell.Lstm, false)]
    public void The_documented_loop_gives_the_greedy_translation(RnnAttention attention, RnnCell cell, bool hasFeeding)
    {
        using var folder = new TemporaryFolder();
        RnnTranslationNetworkOptions network = Small.Network with
        {
            Attention = attention,
            Cell = cell,
            InputFeeding = hasFeeding,
            Layers = 2,
            EncoderHiddenSize = attention == RnnAttention.Dot ? 8 : null,
        };
        RnnTranslationTransformer model = Fit(Small with { Network = network, Training = Small.Training with { MaxEpochs = 6 } }, Pairs);
        model.SaveAsOnnx(folder.File("model.onnx"));
        Assert.Equal(["model.encoder.onnx", "model.step.onnx", "model.translation.json"],
            Directory.GetFiles(folder.File(".")).Select(file => Path.GetFileName(file)).Order());
        JsonElement companion = JsonElement.Parse(File.ReadAllText(folder.File("model.translation.json")));
        Assert.Equal("Translation", companion.GetProperty("task").GetString());
        string[] source = Symbols(companion, "source"), target = Symbols(companion, "target");
        Assert.Equal(model.Symbols, target);

        foreach (string text in Sources)
        {
            long[] tokens = [.. text.Split(' ').Select(word => (long)Array.IndexOf(source, word)), 0];
            RnnTranslation expected = Translator(model).TranslateMany([text], new() { BeamWidth = 1, AllowUnknown = true, MaximumLength = 15 })[0][0];
            Assert.Equal(expected.Symbols, Greedy(folder, tokens, 15).Select(symbol => target[symbol]));
        }
    }

    private static string[] Symbols(JsonElement companion, string side) => companion.GetProperty(side).GetProperty("symbols").Deserialize<string[]>()!;

    /// <summary>The loop that the file describes.</summary>
    private static List<int> Greedy(TemporaryFolder folder, long[] tokens, int maximum)
    {
        using InferenceSession encoder = new(folder.File("model.encoder.onnx")), step = new(folder.File("model.step.onnx"));
        using var run = new RunOptions();
        using OrtValue read = OrtValue.CreateTensorValueFromMemory(tokens, [1, tokens.Length]);
        using OrtValue lengths = OrtValue.CreateTensorValueFromMemory(new[] { tokens.Length }, [1]);
        string[] encoded = [.. encoder.OutputMetadata.Keys];
        using IDisposableReadOnlyCollection<OrtValue> outputs = encoder.Run(
            run, new Dictionary<string, OrtValue> { ["tokens"] = read, ["lengths"] = lengths }, encoded);
        OrtValue Encoded(string name) => outputs[Array.IndexOf(encoded, name)];
        string[] states = [.. step.InputMetadata.Keys.Where(name => name.StartsWith("hidden_") || name.StartsWith("memory_"))];
        var carried = states.ToDictionary(name => name, name => Encoded($"next_{name}").GetTensorDataAsSpan<float>().ToArray());
        List<int> symbols = [];
        while (symbols.Count < maximum && symbols is not [.., 0])
        {
            var inputs = new Dictionary<string, OrtValue>();
            foreach (string name in step.InputMetadata.Keys)
                inputs[name] = name switch
                {
                    "tokens" => OrtValue.CreateTensorValueFromMemory(new long[] { symbols.Count == 0 ? 0 : symbols[^1] }, [1, 1]),
                    "source_lengths" => OrtValue.CreateTensorValueFromMemory(new[] { tokens.Length }, [1]),
                    "source_states" or "source_keys" => Encoded(name),
                    _ => OrtValue.CreateTensorValueFromMemory(carried[name], [1, 1, carried[name].Length]),
                };
            using IDisposableReadOnlyCollection<OrtValue> next = step.Run(run, inputs, ["logits", .. states.Select(name => $"next_{name}")]);
            float[] logits = next[0].GetTensorDataAsSpan<float>().ToArray();
            symbols.Add(Array.IndexOf(logits, logits.Max()));
            for (int i = 0; i < states.Length; i++) carried[states[i]] = next[i + 1].GetTensorDataAsSpan<float>().ToArray();
            foreach ((string name, OrtValue input) in inputs)
                if (name is not ("source_states" or "source_keys")) input.Dispose();
        }
        return symbols;
    }
}
