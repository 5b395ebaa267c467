using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The program of docs/serving.md.</summary>
[Collection(nameof(TinyModels))]
public sealed class SnippetTests(TinyModels models)
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    [Fact]
    public void The_program_in_the_document_is_the_one_that_is_compiled()
    {
        string document = Read("docs", "serving.md"), program = Read("tests", "ServingSnippet", "Program.cs");
        Assert.Equal(program.Trim(), Regex.Match(document, "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Trim());
    }

    [Fact]
    public async Task The_program_answers_with_the_label_and_all_probabilities()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("serving-snippet-");
        SaveAsInTheQuickStart(Path.Combine(folder.FullName, "model.zip"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ServingSnippet.dll"), "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        using Process service = Process.Start(start)!;
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressOf(service) };
            using HttpResponseMessage response = await client.PostAsJsonAsync("/classify", new { text = "Where is my parcel?" });
            JsonElement answer = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            Assert.Matches("^(account|advice|billing|delivery|returns|technical)$", answer.GetProperty("answer").GetString());
            Assert.Equal(6, answer.GetProperty("score").GetArrayLength());
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Saves a model with the columns of the quick start: the key mapping of the label, the network, and the mapping back.</summary>
    private void SaveAsInTheQuickStart(string file)
    {
        var ml = new MLContext(1);
        IDataView messages = ml.Data.LoadFromTextFile<Message>(
            Path.Combine(AppContext.BaseDirectory, "Data", "messages-train.tsv"), separatorChar: '\t', hasHeader: true);
        ITransformer keys = ml.Transforms.Conversion.MapValueToKey("Label", nameof(Message.Topic)).Fit(messages);
        ml.Model.Save(new TransformerChain<ITransformer>(keys, ml.Model.Load(models.Topics, out _)), messages.Schema, file);
    }

    private static async Task<Uri> AddressOf(Process service)
    {
        using var limit = new CancellationTokenSource(LongestStart);
        while (await service.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            if (Regex.Match(line, @"Now listening on: (\S+)") is { Success: true } match) return new Uri(match.Groups[1].Value);
        throw new InvalidOperationException("The program ended before it listened.");
    }

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root(), .. path])).ReplaceLineEndings("\n");

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
