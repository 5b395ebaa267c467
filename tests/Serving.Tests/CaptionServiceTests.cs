using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using MlNetRnn.Samples.Captioning;

namespace MlNetRnn.Samples.Serving.Tests;

/// <summary>What /caption has in common with the other paths: replaced models and clients that leave; and the examples of the page.</summary>
[Collection(nameof(TinyModels))]
public sealed class CaptionServiceTests(TinyModels models)
{
    [Fact]
    public async Task A_replaced_model_captions_the_next_image()
    {
        string served = models.NewFile("captioner.zip");
        string other = TinyCaptioners.Train(new MLContext(1), RegionReading.Grid, models.NewFile("other.zip"), seed: 2);
        File.Copy(TinyModels.Captioner, served);
        using var service = new RunningService(models.Topics, models.Entities, captioner: served);
        byte[] image = ImageFiles.Scene();
        string last = ClassifyTests.Version(other), version = "";
        var scores = new[] { served, other }.ToDictionary(ClassifyTests.Version, file => CaptionTests.Offline(models, file, image, null)[0].Score);
        File.SetLastWriteTimeUtc(other, DateTime.UtcNow);
        File.Move(other, served, overwrite: true);
        for (int i = 0; version != last; i++)
        {
            Assert.True(i < 2000, "the new model is not in use");
            JsonElement reply = await service.AskAbout("", image);
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
        await service.AskAbout("", ImageFiles.Scene());
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
        using var plain = new RunningService(models.Topics, models.Entities);
        using var service = new RunningService(models.Topics, models.Entities, examples: BuiltInScenes.DrawExamples());
        JsonElement health = JsonElement.Parse(await service.Client.GetStringAsync("/health")).GetProperty("models").GetProperty("caption");
        Assert.Equal(4, health.GetProperty("examples").GetInt32());
        for (int i = 1; i <= 4; i++)
        {
            using HttpResponseMessage response = await service.Client.GetAsync($"/scene/{i}");
            Assert.Equal("image/png", response.Content.Headers.ContentType?.MediaType);
            await service.AskAbout("", await response.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal(HttpStatusCode.NotFound, (await service.Client.GetAsync("/scene/5")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await plain.Client.GetAsync("/scene/1")).StatusCode);
    }
}
