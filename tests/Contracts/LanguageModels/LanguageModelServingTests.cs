using Microsoft.ML;
using MlNetRnn.LanguageModels;

namespace MlNetRnn.Contracts;

/// <summary>A language model in a service: pools of prediction engines, many threads, other processes.</summary>
public class LanguageModelServingTests : LanguageModelCase
{
    [Fact]
    public void A_pool_returns_the_predictions_of_one_engine_on_eight_threads()
    {
        RnnLanguageModelTransformer model = Fit(Joined, Lines);
        using PredictionEngine<Line, Prediction> engine = _ml.Model.CreatePredictionEngine<Line, Prediction>(model);
        float[] expected = [.. Lines.Select(line => engine.Predict(new Line { Text = line }).LogProbability)];
        float[] batched = Scores(model, Lines);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], batched[i], 1e-4);
        using var pool = new PredictionPool<Line, Prediction>(_ml, model);
        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal(expected[i % 60], pool.Predict(new Line { Text = Lines[i % 60] }).LogProbability));
    }

    [Fact]
    public void A_pool_follows_a_replaced_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnLanguageModelTransformer first = Fit(Joined, Lines), second = Fit(Joined with { Training = Joined.Training with { Seed = 7 } }, Lines);
        _ml.Model.Save(first, Data(Lines).Schema, file);
        using var pool = new PredictionPool<Line, Prediction>(_ml, file);
        float Predict() => pool.Predict(new Line { Text = Lines[0] }).LogProbability;
        Assert.Equal(Scores(first, Lines[0])[0], Predict(), 1e-4);
        _ml.Model.Save(second, Data(Lines).Schema, file);
        pool.Reload();
        Assert.Equal(Scores(second, Lines[0])[0], Predict(), 1e-4);
    }

    [Fact]
    public void A_network_that_cannot_be_opened_is_refused_before_it_is_used()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("model.zip");
        RnnLanguageModelTransformer model = Fit(Joined, Lines);
        _ml.Model.Save(model, Data(Lines).Schema, file);
        using var pool = new PredictionPool<Line, Prediction>(_ml, file);
        float expected = pool.Predict(new Line { Text = Lines[0] }).LogProbability;
        var damaged = new RecurrentLanguageModel(model.Model.Codec, [1, 2, 3], ((RecurrentLanguageModel)model.Model).Gpu);
        _ml.Model.Save(new RnnLanguageModelTransformer(model.Spec, damaged), Data(Lines).Schema, file);
        Assert.Contains("ONNX", Assert.Throws<FormatException>(pool.Reload).Message);
        Assert.Equal(expected, pool.Predict(new Line { Text = Lines[0] }).LogProbability);
    }

    [Fact]
    public void Eight_threads_generate_and_score_from_one_model_as_one_thread_does()
    {
        RnnLanguageModelTransformer model = Fit(Joined, Lines);
        RnnTextGenerator generator = Generator(model);
        RnnGenerationOptions Sampled(int seed) => new() { Seed = seed, MaximumLength = 60, StopAtDocumentEnd = false };
        string[] expected = [.. Enumerable.Range(0, 24).Select(i => generator.Generate(Lines[i][..(i % 9)], Sampled(i)))];
        string beam = generator.Generate("lo", new RnnGenerationOptions { BeamWidth = 5 });
        float[] scores = Scores(model, Lines);
        Parallel.For(0, 96, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 6 == 5) Assert.Equal(beam, generator.Generate("lo", new RnnGenerationOptions { BeamWidth = 5 }));
            else if (i % 6 == 4) Assert.Equal(scores, Scores(model, Lines));
            else Assert.Equal(expected[i % 24], Generator(model).Generate(Lines[i % 24][..(i % 24 % 9)], Sampled(i % 24)));
        });
    }

    [Fact]
    public void A_fresh_process_without_libtorch_generates_the_same()
    {
        using var folder = new TemporaryFolder();
        RnnLanguageModelTransformer model = Fit(Joined with { Training = Joined.Training with { MaxEpochs = 10 } }, Lines);
        _ml.Model.Save(model, Data(Lines).Schema, folder.File("model.zip"));
        string[] expected =
        [
            Generator(model).Generate("la", new RnnGenerationOptions { Seed = 5, MaximumLength = 50 }),
            Generator(model).Generate("la", new RnnGenerationOptions { BeamWidth = 4, MaximumLength = 50 }),
        ];
        Assert.All(expected, text => Assert.NotEmpty(text));
        Assert.Equal(expected, Repository.GenerateInFreshProcess(folder.File("model.zip"), "la", 5));
    }

    private sealed class Prediction
    {
        public float LogProbability { get; set; }
    }
}
