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
        JsonElement reply = await Ask(_service, "?beam=4&nBest=3", image);
        JsonElement answer = Assert.Single(reply.GetProperty("answers").EnumerateArray());
        IReadOnlyList<RnnCaption> expected = Offline(TinyModels.Captioner, image, new RnnTranslationDecodingOptions { BeamWidth = 4, NBest = 3 });
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
        JsonElement answer = (await Ask(_service, "?attention=false", image)).GetProperty("answers")[0];
        JsonElement only = Assert.Single(answer.GetProperty("captions").EnumerateArray());
        Assert.Equal(Assert.Single(Offline(TinyModels.Captioner, image, null)).Text, only.GetProperty("text").GetString());
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
        JsonElement answer = (await Ask(service, "", image)).GetProperty("answers")[0];
        RnnCaption expected = Offline(file, image, null)[0];
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
        string[] expected = [.. images.Select(image => Offline(TinyModels.Captioner, image, null)[0].Text)];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async i => Assert.Equal(expected[i % 4], await CaptionOf(_service, images[i % 4]))));
    }

    [Fact]
    public async Task A_replaced_model_captions_the_next_image()
    {
        string served = models.NewFile("captioner.zip");
        string other = TinyCaptioners.Train(new MLContext(1), RegionReading.Grid, models.NewFile("other.zip"), seed: 2);
        File.Copy(TinyModels.Captioner, served);
        using var service = new RunningService(models.Topics, models.Entities, captioner: served);
        byte[] image = ImageFiles.Scene();
        string last = ClassifyTests.Version(other), version = "";
        Dictionary<string, double> scores = new()
        {
            [ClassifyTests.Version(served)] = Offline(served, image, null)[0].Score, [last] = Offline(other, image, null)[0].Score,
        };
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow);
        File.Move(other, served, overwrite: true);
        for (int i = 0; version != last; i++)
        {
            Assert.True(i < 2000, "the new model is not in use");
            JsonElement reply = await Ask(service, "", image);
            version = reply.GetProperty("model").GetString()!;
            Assert.Equal(scores[version], reply.GetProperty("answers")[0].GetProperty("captions")[0].GetProperty("score").GetDouble(), 1e-4);
        }
    }

    [Fact]
    public async Task A_client_that_leaves_frees_its_place()
    {
        using var service = new RunningService(models.Topics, models.Entities, new ServiceLimits { AtOnce = 1, Waiting = 20 });
        using (await service.TakePlace())
        {
            using var gone = new CancellationTokenSource();
            Task<HttpResponseMessage> waiting = service.Client.PostAsync("/caption", ImageFiles.Content(ImageFiles.Scene()), gone.Token);
            await service.UntilQueued(1);
            gone.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            await service.UntilQueued(0);
        }
        await Ask(service, "", ImageFiles.Scene());
    }

    [Fact]
    public void A_search_whose_client_has_left_ends()
    {
        using CaptionerModel model = CaptionerModel.Open(new MLContext(1), TinyModels.Captioner, NullLoggerFactory.Instance);
        var request = new CaptionRequest();
        request.Image.Write(ImageFiles.Scene());
        var left = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => CaptionAnswers.Of(request, model, new ServiceLimits(), left));
    }

    [Fact]
    public async Task The_examples_of_the_built_in_model_are_images()
    {
        using var service = new RunningService(models.Topics, models.Entities, examples: BuiltInModels.ExampleScenes());
        JsonElement health = JsonElement.Parse(await service.Client.GetStringAsync("/health")).GetProperty("models").GetProperty("caption");
        Assert.Equal(4, health.GetProperty("examples").GetInt32());
        for (int i = 1; i <= 4; i++)
        {
            using HttpResponseMessage response = await service.Client.GetAsync($"/scene/{i}");
            Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(await CaptionOf(service, await response.Content.ReadAsByteArrayAsync()));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync("/scene/5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _service.Client.GetAsync("/scene/1")).StatusCode);
    }

    private static async Task<string> CaptionOf(RunningService service, byte[] image) =>
        (await Ask(service, "", image)).GetProperty("answers")[0].GetProperty("captions")[0].GetProperty("text").GetString()!;

    private static async Task<JsonElement> Ask(RunningService service, string query, byte[] image)
    {
        using HttpResponseMessage response = await service.Client.PostAsync($"/caption{query}", ImageFiles.Content(image));
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    /// <summary>Returns the captions of a file as ML.NET and the library compute them without a service.</summary>
    private IReadOnlyList<RnnCaption> Offline(string file, byte[] image, RnnTranslationDecodingOptions? options)
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
