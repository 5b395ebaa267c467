using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Samples.Captioning;
using SkiaSharp;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>The path /caption: captions with their attention.</summary>
[Collection(nameof(TinyModels))]
public sealed class CaptionTests(TinyModels models) : IDisposable
{
    private readonly RunningService _service = new(models.Topics, models.Entities);

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 300, 200)]
    [InlineData(SKEncodedImageFormat.Jpeg, 90, 250)]
    [InlineData(SKEncodedImageFormat.Webp, 224, 224)]
    public async Task The_captions_are_those_of_the_saved_chain_for_the_same_file_with_their_attention(SKEncodedImageFormat format, int width, int height)
    {
        byte[] image = ImageFiles.Encode(format, width, height, alpha: format == SKEncodedImageFormat.Png ? (byte)120 : (byte)255);
        JsonElement reply = await _service.AskAbout("?beam=4&nBest=3", image);
        JsonElement answer = Assert.Single(reply.GetProperty("answers").EnumerateArray());
        IReadOnlyList<RnnCaption> expected = Offline(models, TinyModels.Captioner, image, new RnnTranslationDecodingOptions { BeamWidth = 4, NBest = 3 });
        Assert.Equal(ClassifyTests.Version(TinyModels.Captioner), reply.GetProperty("model").GetString());
        JsonElement[] captions = [.. answer.GetProperty("captions").EnumerateArray()];
        Assert.Equal(3, captions.Length);
        foreach ((RnnCaption own, JsonElement one) in expected.Zip(captions))
        {
            Assert.Equal((own.Text, $"{own.End}"), (one.GetProperty("text").GetString(), one.GetProperty("end").GetString()));
            Assert.Equal(own.Score, one.GetProperty("score").GetDouble(), 1e-4);
            Assert.Equal(own.Symbols, one.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()!));
            Assert.Equal(own.Symbols.Count, one.GetProperty("attention").GetArrayLength());
            foreach ((IReadOnlyList<float> weights, JsonElement row) in own.Attention.Zip(one.GetProperty("attention").EnumerateArray()))
                Assert.Equal(weights, row.EnumerateArray().Select(weight => weight.GetSingle()), (a, b) => MathF.Abs(a - b) < 2e-4f);
        }
        JsonElement[] boxes = [.. answer.GetProperty("boxes").EnumerateArray()];
        Assert.Equal(49, boxes.Length);
        Assert.Equal((0.1429f, 0.1429f), (boxes[8].GetProperty("left").GetSingle(), boxes[8].GetProperty("width").GetSingle()));
        Assert.Equal((0.1429f, 0.1429f), (boxes[8].GetProperty("top").GetSingle(), boxes[8].GetProperty("height").GetSingle()));
    }

    [Fact]
    public async Task The_model_determines_what_the_request_leaves_out()
    {
        byte[] image = ImageFiles.Scene();
        JsonElement answer = (await _service.AskAbout("?attention=false", image)).GetProperty("answers")[0];
        JsonElement only = Assert.Single(answer.GetProperty("captions").EnumerateArray());
        Assert.Equal(Assert.Single(Offline(models, TinyModels.Captioner, image, null)).Text, only.GetProperty("text").GetString());
        Assert.False(only.TryGetProperty("attention", out _));
        Assert.False(answer.TryGetProperty("boxes", out _));
    }

    [Theory]
    [InlineData("None", 0)]
    [InlineData("Transformer", 49)]
    public async Task A_model_without_attention_and_one_of_deformed_cells_are_served(string reading, int boxes)
    {
        string file = TinyCaptioners.Train(new MLContext(1), Enum.Parse<RegionReading>(reading), models.NewFile($"{reading}.zip"));
        using var service = new RunningService(models.Topics, models.Entities, captioner: file);
        byte[] image = ImageFiles.Scene();
        JsonElement answer = (await service.AskAbout("", image)).GetProperty("answers")[0];
        RnnCaption expected = Offline(models, file, image, null)[0];
        JsonElement caption = answer.GetProperty("captions")[0];
        Assert.Equal(expected.Text, caption.GetProperty("text").GetString());
        Assert.Equal(boxes, answer.GetProperty("boxes").GetArrayLength());
        Assert.Equal(expected.Attention.Count, caption.GetProperty("attention").GetArrayLength());
        if (boxes > 0) Assert.Equal(expected.Boxes[3].Left, answer.GetProperty("boxes")[3].GetProperty("left").GetSingle(), 1e-3f);
    }

    [Fact]
    public async Task Several_clients_at_once_get_the_same_answers_as_one()
    {
        byte[][] images = [.. Enumerable.Range(0, 4).Select(ImageFiles.Scene)];
        string[] expected = [.. images.Select(image => Offline(models, TinyModels.Captioner, image, null)[0].Text)];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => Assert.Equal(expected[i % 4], await CaptionOf(_service, images[i % 4]))));
    }

    private static async Task<string> CaptionOf(RunningService service, byte[] image) =>
        (await service.AskAbout("", image)).GetProperty("answers")[0].GetProperty("captions")[0].GetProperty("text").GetString()!;

    /// <summary>Returns the captions of a file as ML.NET and the library compute them without a service.</summary>
    internal static IReadOnlyList<RnnCaption> Offline(
        TinyModels models, string file, byte[] image, RnnTranslationDecodingOptions? options)
    {
        var ml = new MLContext();
        string path = models.NewFile($"{Guid.NewGuid()}.image");
        File.WriteAllBytes(path, image);
        ITransformer[] steps = [.. ModelCard.Steps(ml.Model.Load(file, out _))];
        IDataView rows = new TransformerChain<ITransformer>(steps[..^1]).Transform(ml.Data.LoadFromEnumerable([new ImageRow { ImagePath = path }]));
        var model = (RnnCaptioningTransformer)steps[^1];
        return ml.Rnn().CreateCaptioner(model).CaptionMany([rows.GetColumn<float[]>(model.FeaturesColumnName).Single()], options: options)[0];
    }
}
