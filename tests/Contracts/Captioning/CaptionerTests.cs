using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>Captions of a trained model: columns, captioner, stream, scores, ensembles, 8-bit weights.</summary>
public class CaptionerTests
{
    private static readonly MLContext Ml = new(1);

    private static readonly Lazy<RnnCaptioningTransformer> First = new(() => Fit(seed: 1)), Second = new(() => Fit(seed: 2));

    /// <summary>A set of regions has no order: the caption names both, and the model has seen both orders.</summary>
    [Fact]
    public void Learns_to_name_what_it_sees()
    {
        Sign[][] signs = [.. Enumerable.Range(0, 81).Select(SignCase.Rows)];
        IReadOnlyList<IReadOnlyList<RnnCaption>> found = Captioner.CaptionMany([.. signs.Select(rows => rows[0].Features)]);
        int named = signs.Zip(found).Count(pair => Words(pair.First[0].Target).SetEquals(Words(pair.Second[0].Text)));
        Assert.True(named >= 77, $"{named} of 81 signs have a caption with their words");

        static HashSet<string> Words(string text) => [.. text.Split(' ').Except(["then", "and"])];
    }

    /// <summary>With one of the two regions left out in each step, the model still scores both; the same seed leaves out the same regions.</summary>
    [Fact]
    public void Region_dropout_trains_on_a_part_of_the_regions()
    {
        byte[] Trained(float dropout)
        {
            RnnCaptioningOptions options = SignCase.Options with
            {
                Network = SignCase.Options.Network with { RegionDropout = dropout },
                Sampling = RnnTargetSampling.Scheduled,
                Training = SignCase.Options.Training with { MaxEpochs = 2 },
            };
            RnnCaptioningTransformer model = Ml.Transforms.Text.RnnCaptioning(options).Fit(SignCase.View(Ml, SignCase.All()));
            Assert.Equal(SignCase.Regions, Ml.Rnn().CreateCaptioner(model).Caption(SignCase.Rows(5)[0].Features).Attention[0].Count);
            return ((RecurrentTranslationModel)model.Network.Model).StepGraphs[0];
        }

        byte[] halved = Trained(0.5f);
        Assert.Equal(halved, Trained(0.5f));
        Assert.NotEqual(halved, Trained(0));
    }

    [Fact]
    public void The_captioner_equals_the_column()
    {
        Sign[] rows = [.. Enumerable.Range(0, 20).Select(sign => SignCase.Rows(sign)[0])];
        string[] column = [.. First.Value.Transform(SignCase.View(Ml, rows)).GetColumn<string>("Caption")];
        Assert.Equal(column, rows.Select(row => Captioner.Caption(row.Features).Text));
        Assert.Equal(column, Captioner.CaptionMany([.. rows.Select(row => row.Features)]).Select(found => found[0].Text));
    }

    [Fact]
    public void Attention_has_a_weight_for_each_symbol_and_region()
    {
        RnnCaption caption = Captioner.Caption(SignCase.Rows(5)[0].Features);
        Assert.Equal(caption.Symbols.Count, caption.Attention.Count);
        Assert.All(caption.Attention, weights =>
        {
            Assert.Equal(SignCase.Regions, weights.Count);
            Assert.Equal(1, weights.Sum(), 1e-4);
        });
        Assert.Empty(caption.Boxes);
    }

    [Fact]
    public async Task A_stream_is_the_greedy_caption()
    {
        float[] features = SignCase.Rows(13)[0].Features;
        string greedy = Captioner.Caption(features, options: First.Value.Decoding with { BeamWidth = 1 }).Text;
        string streamed = "";
        await foreach (string part in Captioner.StreamAsync(features)) streamed += part;
        Assert.Equal(greedy, streamed);
    }

    [Fact]
    public void Scores_of_given_captions_are_those_of_the_search()
    {
        float[] features = SignCase.Rows(40)[0].Features;
        RnnCaption found = Captioner.Caption(features, options: First.Value.Decoding with { LengthPenalty = 0 });
        RnnCaption scored = Captioner.Score([features], [found.Text])[0];
        Assert.Equal(found.Symbols, scored.Symbols);
        Assert.Equal(found.Score, scored.Score, 1e-4);
        Assert.True(Captioner.Score([features], ["ring ring ring"])[0].Score < found.Score);
    }

    [Fact]
    public void An_ensemble_and_8_bit_weights_are_saved_and_loaded()
    {
        Sign[] rows = [.. Enumerable.Range(0, 12).Select(sign => SignCase.Rows(7 * sign % 81)[0])];
        IDataView view = SignCase.View(Ml, rows);
        RnnCaptioningTransformer ensemble = Ml.Rnn().CreateEnsemble(First.Value, Second.Value);
        foreach (RnnCaptioningTransformer model in new[] { ensemble, First.Value.Quantize() })
        {
            ITransformer loaded = new MLContext().LoadFromBytes(Ml.SaveToBytes(model));
            string[] captions = [.. model.Transform(view).GetColumn<string>("Caption")];
            Assert.Equal(captions, loaded.Transform(view).GetColumn<string>("Caption"));
            Assert.Equal(model.ToString(), loaded.ToString());
            Assert.All(captions, caption => Assert.NotEmpty(caption));
        }
        Assert.True(First.Value.Quantize().IsQuantized);
    }

    [Fact]
    public void Training_continues_from_a_model()
    {
        RnnCaptioningOptions options = SignCase.Options with { Training = SignCase.Options.Training with { MaxEpochs = 1 } };
        RnnCaptioningTransformer more = Ml.Transforms.Text.RnnCaptioning(options).ContinueFrom(First.Value).Fit(SignCase.View(Ml, SignCase.All()));
        Assert.Equal(First.Value.Symbols, more.Symbols);
        float[] features = SignCase.Rows(40)[0].Features;
        Assert.NotEqual(Captioner.Caption(features).Score, Ml.Rnn().CreateCaptioner(more).Caption(features).Score);
        // The default network is not a contradiction: the model's is used.
        RnnCaptioningOptions unset = options with { Network = new(), Unit = new RnnCaptioningOptions().Unit, MinimumCount = null };
        Assert.Equal(
            First.Value.ToString(), Ml.Transforms.Text.RnnCaptioning(unset).ContinueFrom(First.Value).Fit(SignCase.View(Ml, SignCase.All())).ToString());
        RnnCaptioningOptions other = options with { Network = options.Network with { HiddenSize = 99 } };
        Assert.Throws<ArgumentException>(() => Ml.Transforms.Text.RnnCaptioning(other).ContinueFrom(First.Value).Fit(SignCase.View(Ml, SignCase.All())));
        var error = Assert.Throws<ArgumentException>(() => Ml.Transforms.Text.RnnCaptioning(options).ContinueFrom(First.Value.Quantize()));
        Assert.Contains("32-bit weights", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Otherwise an image of one region could have at most 22 symbols.</summary>
    [Fact]
    public void Without_a_maximum_length_that_of_the_model_applies()
    {
        RnnCaptioningTransformer decoded = First.Value.WithDecoding(new RnnTranslationDecodingOptions { BeamWidth = 1 });
        Assert.Equal(SignCase.Options.Decoding.MaximumLength, decoded.Decoding.MaximumLength);
        var endless = new RnnTranslationDecodingOptions { BeamWidth = 1, Constraint = (_, _, scores) => scores[0] = float.NegativeInfinity };
        RnnCaption caption = Captioner.Caption(SignCase.Rows(3)[0].Features, options: endless);
        Assert.Equal(12, caption.Symbols.Count);
        Assert.Equal(RnnGenerationEnd.MaximumLength, caption.End);
        var error = Assert.Throws<ArgumentException>(() => Captioner.Caption(SignCase.Rows(3)[0].Features, options: endless with { ReplaceUnknown = true }));
        Assert.Contains("expected false for images", error.Message, StringComparison.Ordinal);
        Assert.Equal(50, new RnnCaptioningOptions().ToTranslation(1).Decoding.MaximumLength);
        Assert.Equal(300, new RnnCaptioningOptions { Unit = RnnLanguageUnit.Character }.ToTranslation(1).Decoding.MaximumLength);
    }

    private static RnnCaptioner Captioner => Ml.Rnn().CreateCaptioner(First.Value);

    private static RnnCaptioningTransformer Fit(int seed) => Ml.Transforms.Text.RnnCaptioning(
        SignCase.Options with { Training = SignCase.Options.Training with { Seed = seed } }).Fit(SignCase.View(Ml, SignCase.All()));
}
