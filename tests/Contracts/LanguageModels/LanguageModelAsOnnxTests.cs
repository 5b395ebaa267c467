using System.Text;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Contracts;

/// <summary>The graph of a language model and the file beside it are enough to generate and to encode without this library.</summary>
public class LanguageModelAsOnnxTests : LanguageModelCase
{
    [Theory]
    [InlineData(RnnLanguageUnit.Character, RnnCell.Lstm, true)]
    [InlineData(RnnLanguageUnit.Word, RnnCell.Gru, false)]
    [InlineData(RnnLanguageUnit.Subword, RnnCell.Elman, false)]
    public void The_documented_loop_generates_the_same_symbols(RnnLanguageUnit unit, RnnCell cell, bool isStream)
    {
        using var folder = new TemporaryFolder();
        RnnLanguageModelOptions options = Joined with
        {
            Unit = unit,
            JoinRows = isStream,
            Network = Joined.Network with { Cell = cell },
            Training = Joined.Training with { MaxEpochs = 6 },
        };
        RnnLanguageModelTransformer model = Fit(options, Lines);
        JsonElement companion = Export(model, folder);
        Assert.Equal(isStream, companion.GetProperty("isStream").GetBoolean());
        Assert.Equal(unit.ToString(), companion.GetProperty("unit").GetString());
        string[] symbols = companion.GetProperty("symbols").Deserialize<string[]>()!;
        Assert.Equal(model.Symbols, symbols);

        RnnGeneratedText expected = Generator(model).GenerateMany(
            [""], new RnnGenerationOptions { Temperature = 0, MaximumLength = 12, AllowUnknown = true, StopAtDocumentEnd = false })[0][0];
        Assert.Equal(expected.Symbols, Greedy(folder.File("model.onnx"), 12).Select(symbol => symbols[symbol]));
    }

    [Fact]
    public void The_merges_of_a_subword_model_encode_its_texts()
    {
        using var folder = new TemporaryFolder();
        RnnLanguageModelTransformer model = Fit(Joined with { Unit = RnnLanguageUnit.Subword, Training = Joined.Training with { MaxEpochs = 1 } }, Lines);
        JsonElement encoding = Export(model, folder).GetProperty("encoding");
        Assert.Equal("Subword", encoding.GetProperty("Symbols").GetProperty("Unit").GetString());
        int[][] merges = encoding.GetProperty("Merges").Deserialize<int[][]>()!;
        Assert.NotEmpty(merges);
        foreach (string piece in new[] { "late", " word", "5", "é" })
        {
            // Bytes are the symbols from 2; merge m is symbol 258 + m.
            List<int> symbols = [.. Encoding.UTF8.GetBytes(piece).Select(value => value + 2)];
            for (int merge = 0; merge < merges.Length; merge++)
                for (int i = 0; i + 1 < symbols.Count; i++)
                    if (symbols[i] == merges[merge][0] && symbols[i + 1] == merges[merge][1])
                    {
                        symbols[i] = 258 + merge;
                        symbols.RemoveAt(i + 1);
                    }
            Assert.Equal(Encoded(model, piece), symbols);
        }
    }

    private static List<int> Encoded(RnnLanguageModelTransformer model, string text)
    {
        var symbols = new List<int>();
        model.Model.Codec.Encode(text, symbols);
        return symbols;
    }

    private static JsonElement Export(RnnLanguageModelTransformer model, TemporaryFolder folder)
    {
        model.SaveAsOnnx(folder.File("model.onnx"));
        return JsonElement.Parse(File.ReadAllText(folder.File("model.vocabulary.json")));
    }

    /// <summary>The loop that docs/guide/language-models.md describes, always with the most probable symbol.</summary>
    private static List<int> Greedy(string graph, int length)
    {
        using var session = new InferenceSession(graph);
        string[] states = [.. session.InputMetadata.Keys.Where(name => name.Split('_')[0] is "hidden" or "memory")];
        var carried = states.ToDictionary(state => state, state => new float[session.InputMetadata[state].Dimensions[^1]]);
        List<int> symbols = [];
        while (symbols.Count < length)
        {
            var inputs = new Dictionary<string, OrtValue>
            {
                ["tokens"] = OrtValue.CreateTensorValueFromMemory(new long[] { symbols.Count == 0 ? 0 : symbols[^1] }, [1, 1]),
                ["targets"] = OrtValue.CreateTensorValueFromMemory(new long[1], [1, 1]),
                ["lengths"] = OrtValue.CreateTensorValueFromMemory(new[] { 1 }, [1]),
            };
            foreach (string state in states) inputs[state] = OrtValue.CreateTensorValueFromMemory(carried[state], [1, 1, carried[state].Length]);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, inputs, ["logits", .. states.Select(state => $"next_{state}")]);
            float[] logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            symbols.Add(Array.IndexOf(logits, logits.Max()));
            for (int i = 0; i < states.Length; i++) carried[states[i]] = outputs[i + 1].GetTensorDataAsSpan<float>().ToArray();
            foreach (OrtValue input in inputs.Values) input.Dispose();
        }
        return symbols;
    }
}
