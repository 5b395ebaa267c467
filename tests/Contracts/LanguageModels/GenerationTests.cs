using Google.Protobuf;
using Microsoft.ML;
using MlNetRnn.LanguageModels;
using MlNetRnn.Onnx;
using MlNetRnn.Onnx.Format;

namespace MlNetRnn.Contracts;

/// <summary>Generation from trained models with unusual prompts, options and states.</summary>
public class GenerationTests : LanguageModelCase
{
    private static readonly Lazy<RnnLanguageModelTransformer> Trained = new(() =>
    {
        var ml = new MLContext(1);
        return ml.Transforms.Text.RnnLanguageModel(Joined with { Training = Joined.Training with { MaxEpochs = 10 } })
            .Fit(ml.LoadRows(Lines.Length, i => new Line { Text = Lines[i] }));
    });

    private readonly RnnLanguageModelTransformer _model = Trained.Value;

    private RnnTextGenerator Own => Generator(_model);

    [Fact]
    public void A_prompt_of_unknown_symbols_is_read()
    {
        var options = new RnnGenerationOptions { Seed = 1, MaximumLength = 20 };
        Assert.Equal(Own.Generate("東京", options), Own.Generate("ÄÖ", options));
        Assert.DoesNotContain('東', Own.Generate("東京は雨", options));
        foreach (string prompt in new[] { "", "\uD83D", "\uDE00\uD83D", "\0", new string('x', 5000) }) Assert.NotNull(Own.Generate(prompt, options));
        Assert.Throws<ArgumentNullException>(() => Own.Generate(null!));
    }

    [Fact]
    public void Temperature_0_is_greedy_and_equals_a_beam_of_one()
    {
        string greedy = Own.Generate("la", new RnnGenerationOptions { Temperature = 0, MaximumLength = 40 });
        Assert.Equal(greedy, Own.Generate("la", new RnnGenerationOptions { Temperature = 0, MaximumLength = 40, Seed = 9 }));
        Assert.Equal(greedy, Own.Generate("la", new RnnGenerationOptions { BeamWidth = 1, MaximumLength = 40 }));
        Assert.Equal(greedy, Own.Generate("la", new RnnGenerationOptions { TopK = 1, MaximumLength = 40, Seed = 3 }));
    }

    [Fact]
    public void Top_p_of_0_is_refused_with_other_faults()
    {
        AssertThrows.With<ArgumentException>(() => Own.Generate("", new RnnGenerationOptions { TopP = 0, Temperature = -1 }),
            "2 invalid option(s)", "TopP: expected more than 0 and at most 1, got 0", "Set Temperature to 0 for greedy search", "Temperature");
        Assert.Throws<ArgumentException>(() => Own.StreamAsync("", new RnnGenerationOptions { BeamWidth = 2 }));
    }

    [Fact]
    public void A_beam_may_be_wider_than_the_vocabulary()
    {
        int wide = 3 * _model.SymbolCount;
        var options = new RnnGenerationOptions { BeamWidth = wide, NBest = wide, MaximumLength = 2 };
        IReadOnlyList<RnnGeneratedText> found = Own.GenerateMany(["w"], options)[0];
        Assert.InRange(found.Count, _model.SymbolCount, wide);
        Assert.Equal(found.Select(text => text.Score).OrderDescending(), found.Select(text => text.Score));
        Assert.Equal(found.Count, found.Select(text => (text.Text, text.End)).Distinct().Count());
        // The beam's score is the log-probability that the model gives to the text.
        RnnGeneratedText line = found.First(text => text.Symbols is [{ Length: > 0 }, ""]);
        RnnGenerationOptions again = new() { Temperature = 0, MaximumLength = 1 };
        double prompt = Own.GenerateMany([""], again with { Constraint = Only("w") })[0][0].LogProbabilities.Sum(value => (double)value);
        Assert.Equal(Scores(_model, "w" + line.Symbols[0])[0], prompt + line.Score, 1e-4);
    }

    [Fact]
    public async Task Generation_is_canceled_between_two_symbols()
    {
        using var cancellation = new CancellationTokenSource();
        int calls = 0;
        var options = new RnnGenerationOptions
        {
            Seed = 1,
            MaximumLength = int.MaxValue,
            StopAtDocumentEnd = false,
            Constraint = (_, _, _) =>
            {
                if (++calls == 5) cancellation.Cancel();
            },
        };
        Assert.Throws<OperationCanceledException>(() => Own.Generate("", options, cancellation.Token));
        Assert.Equal(5, calls);
        calls = 0;
        using var second = new CancellationTokenSource();
        var parts = new List<string>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (string part in Own.StreamAsync("", options with { Constraint = null }, second.Token))
            {
                parts.Add(part);
                if (parts.Count == 5) second.Cancel();
            }
        });
        Assert.Equal(5, parts.Count);
        Assert.Throws<OperationCanceledException>(() => Own.Generate("", new RnnGenerationOptions { BeamWidth = 3 }, second.Token));
    }

    [Fact]
    public void The_state_of_another_model_is_refused()
    {
        RnnGenerationState state = Own.GenerateMany(["la"], new RnnGenerationOptions { Seed = 1, MaximumLength = 5 })[0][0].State;
        RnnLanguageModelOptions reseeded = Joined with { Training = Joined.Training with { Seed = 2 } };
        RnnLanguageModelOptions wider = Joined with { Network = Joined.Network with { HiddenSize = 30 } };
        ITransformer[] others = [Fit(reseeded, Lines), Fit(wider, Lines), Fit(Joined, "ab", "ba"), Fit(Joined, [.. Lines, "ÄÖÜ"])];
        foreach (ITransformer other in others)
            foreach (int beam in new[] { 0, 2 })
                AssertThrows.With<FormatException>(() => Generator(other).Continue(state, "", new RnnGenerationOptions { BeamWidth = beam }), "another model");
    }

    [Fact]
    public void A_saved_state_continues_as_if_generation_had_not_stopped()
    {
        var options = new RnnGenerationOptions { Seed = 4, MaximumLength = 40, StopAtDocumentEnd = false };
        string whole = Own.Generate("lo", options);
        RnnGeneratedText first = Own.GenerateMany(["lo"], options with { MaximumLength = 15 })[0][0];
        var state = RnnGenerationState.FromBytes(first.State.ToBytes());
        RnnTextGenerator loaded = Generator(_ml.SaveAndLoad(_model));
        Assert.Equal(whole, first.Text + loaded.Continue(state, "", options with { MaximumLength = 25 })[0].Text);
        byte[] damaged = first.State.ToBytes();
        damaged[^20] ^= 1;
        Assert.Throws<FormatException>(() => RnnGenerationState.FromBytes(damaged));
        Assert.Throws<FormatException>(() => RnnGenerationState.FromBytes([]));
    }

    [Fact]
    public void Weights_that_are_NaN_are_reported()
    {
        ModelProto proto = OnnxWeights.Parse(((RecurrentLanguageModel)_model.Model).Graph);
        TensorProto bias = proto.Graph.Initializer.Single(tensor => tensor.Name == "output.bias");
        byte[] numbers = bias.RawData.ToByteArray();
        BitConverter.TryWriteBytes(numbers, float.NaN);
        bias.RawData = ByteString.CopyFrom(numbers);
        var damaged = new RnnLanguageModelTransformer(_model.Spec, new RecurrentLanguageModel(_model.Model.Codec, proto.ToByteArray(), default));
        foreach (int beam in new[] { 0, 3 })
            AssertThrows.With<InvalidOperationException>(() => Generator(damaged).Generate("la", new RnnGenerationOptions { BeamWidth = beam }),
                "The model is damaged", "got NaN");
        Assert.All(Scores(damaged, "late"), score => Assert.True(float.IsNaN(score)));
    }

    /// <summary>Returns a constraint that allows one symbol.</summary>
    private RnnSymbolConstraint Only(string text) => (_, _, scores) =>
    {
        int symbol = _model.Model.Codec.IndexOf(text);
        for (int i = 0; i < scores.Length; i++)
            if (i != symbol) scores[i] = float.NegativeInfinity;
    };
}
