using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Translator and transformer, streams, threads, saved models, the columns of a model.</summary>
public class TranslatorTests : TranslationCase
{
    private static readonly RnnTranslationDecodingOptions Greedy = new() { BeamWidth = 1 };

    [Fact]
    public void The_training_was_successful()
    {
        double exact = _ml.Rnn().EvaluateTranslation(Trained.Transform(Data(Pairs))).ExactMatch;
        Assert.True(exact > 0.8, $"{exact} of the phrases are translated");
    }

    [Fact]
    public void A_translator_and_a_transformer_give_the_same_translations()
    {
        RnnTranslationDecodingOptions[] kinds = [Greedy, new(), new() { BeamWidth = 4, CoveragePenalty = 0.5f }];
        foreach (RnnTranslationDecodingOptions options in kinds)
        {
            RnnTranslationTransformer model = Trained.WithDecoding(options);
            IDataView translated = model.Transform(SourceData(Sources));
            RnnTranslation[] together = [.. Translator(model).TranslateMany(Sources).Select(all => all[0])];
            Assert.Equal(Texts(translated), together.Select(one => one.Text));
            float[] scores = [.. translated.GetColumn<float>("Score")];
            for (int i = 0; i < scores.Length; i++) Assert.Equal(scores[i], together[i].Score, 1e-4);
            Assert.Equal(Texts(translated), Sources.Select(source => Translator(Trained).Translate(source, options)));
        }
    }

    [Theory]
    [InlineData(RnnLanguageUnit.Character)]
    [InlineData(RnnLanguageUnit.Word)]
    [InlineData(RnnLanguageUnit.Subword)]
    public async Task The_parts_of_a_stream_are_the_greedy_translation(RnnLanguageUnit unit)
    {
        RnnTranslationOptions options = Small with { Unit = unit, Training = Small.Training with { MaxEpochs = 8 } };
        RnnTranslationTransformer model = unit == RnnLanguageUnit.Word ? Trained : Fit(options, Pairs);
        int several = 0;
        foreach (string source in Sources)
        {
            string greedy = Translator(model).Translate(source, Greedy);
            string[] parts = await ReadAsync(Translator(model).StreamAsync(source));
            several += parts.Length > 1 ? 1 : 0;
            Assert.Equal(greedy, string.Concat(parts));
            Assert.All(parts, part => Assert.NotEmpty(part));
            Assert.Equal(Translator(model).Translate(source, Greedy with { MaximumLength = 2 }), string.Concat(
                await ReadAsync(Translator(model).StreamAsync(source, Greedy with { MaximumLength = 2 }))));
        }
        Assert.True(several > 6);

        static async Task<string[]> ReadAsync(IAsyncEnumerable<string> stream)
        {
            var parts = new List<string>();
            await foreach (string part in stream) parts.Add(part);
            return [.. parts];
        }
    }

    [Fact]
    public void Eight_threads_translate_as_one()
    {
        RnnTranslator translator = Translator(Trained);
        string[] expected = [.. Sources.Select(source => translator.Translate(source))];
        double[] scores = [.. translator.Score(Sources, expected).Select(one => one.Score)];
        Parallel.For(0, 96, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            if (i % 4 == 0) Assert.Equal(expected, Texts(Trained.Transform(SourceData(Sources))));
            else if (i % 4 == 1) Assert.Equal(scores, translator.Score(Sources, expected).Select(one => one.Score));
            else Assert.Equal(expected[i % 12], translator.Translate(Sources[i % 12]));
        });
    }

    [Fact]
    public void A_pool_of_prediction_engines_translates()
    {
        using var pool = new PredictionPool<SourceRow, TranslatedRow>(_ml, Trained);
        string[] expected = Texts(Trained.Transform(SourceData(Sources)));
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i => Assert.Equal(expected[i % 12], pool.Predict(new SourceRow { Source = Sources[i % 12] }).Translation));
    }

    [Fact]
    public void A_saved_model_gives_equal_translations()
    {
        ITransformer chain = _ml.Transforms.CopyColumns("Copy", "Source").Fit(SourceData("")).Append(Trained);
        foreach (ITransformer model in new ITransformer[] { Trained, chain })
        {
            ITransformer loaded = _ml.SaveAndLoad(model, SourceData("").Schema);
            Assert.Equal(Translations(model), Translations(loaded));
            Assert.Equal(Texts(model.Transform(SourceData(Sources))), Texts(loaded.Transform(SourceData(Sources))));
        }

        string[] Translations(ITransformer model) => [.. Translator(model).TranslateMany(Sources, new() { BeamWidth = 3, NBest = 3 })
            .SelectMany(all => all.Select(one => $"{one.Text} {one.Score:R} {string.Join(' ', one.Attention.SelectMany(row => row))}"))];
    }

    [Theory]
    [InlineData(false, null, 16)]
    [InlineData(true, null, 32)]
    [InlineData(true, 5, 10)]
    public void The_encoder_state_has_the_declared_size(bool isBidirectional, int? size, int expected)
    {
        RnnTranslationOptions options = Small with
        {
            EncoderStateColumnName = "State",
            Network = Small.Network with { Bidirectional = isBidirectional, EncoderHiddenSize = size, Layers = 2 },
            Training = Small.Training with { MaxEpochs = 1 },
        };
        IDataView translated = Fit(options, Pairs).Transform(SourceData([.. Sources, ""]));
        Assert.Equal(expected, Assert.IsType<VectorDataViewType>(translated.Schema["State"].Type).Size);
        float[][] states = [.. translated.GetColumn<float[]>("State")];
        Assert.All(states, state => Assert.Equal(expected, state.Length));
        Assert.All(states, state => Assert.Contains(state, number => number != 0));
        Assert.Equal(13, states.Select(state => string.Join(' ', state)).Distinct().Count());
    }

    [Fact]
    public void A_model_without_attention_has_no_alignment()
    {
        RnnTranslationOptions options = Small with { AttentionColumnName = "Attention", Network = Small.Network with { Attention = RnnAttention.None } };
        RnnTranslationTransformer model = Fit(options, Pairs);
        Assert.All(model.Transform(SourceData(Sources)).GetColumn<float[]>("Attention"), row => Assert.Empty(row));
        Assert.Empty(Translator(model).TranslateMany(["rot"])[0][0].Attention);
        AssertThrows.With<ArgumentException>(() => model.WithDecoding(new() { CoveragePenalty = 1, ReplaceUnknown = true }),
            "2 invalid option(s)", "CoveragePenalty: expected 0 for a model without attention", "ReplaceUnknown");
    }

    private sealed class TranslatedRow
    {
        public string Translation { get; set; } = "";
    }
}
