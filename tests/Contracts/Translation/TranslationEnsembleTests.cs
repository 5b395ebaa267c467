using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>Ensembles of translation models.</summary>
public class TranslationEnsembleTests : TranslationCase
{
    private RnnTranslationTransformer[] Members() =>
    [
        Fit(Small with { Training = Small.Training with { MaxEpochs = 6, Seed = 1 }, EncoderStateColumnName = "State" }, Pairs),
        Fit(Small with
        {
            Training = Small.Training with { MaxEpochs = 6, Seed = 2 },
            Network = Small.Network with { Attention = RnnAttention.General, HiddenSize = 9, Layers = 2 },
        }, Pairs),
    ];

    [Fact]
    public void An_ensemble_predicts_the_mean_of_the_probabilities()
    {
        RnnTranslationTransformer[] members = Members();
        RnnTranslationTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        string[] targets = [.. Pairs.Take(12).Select(pair => pair.Target)];
        IReadOnlyList<RnnTranslation> mean = Translator(ensemble).Score(Sources, targets);
        IReadOnlyList<RnnTranslation>[] each = [.. members.Select(member => Translator(member).Score(Sources, targets))];
        for (int i = 0; i < mean.Count; i++)
        {
            for (int t = 0; t < mean[i].Symbols.Count; t++)
            {
                double expected = each.Average(own => Math.Exp(own[i].LogProbabilities[t]));
                Assert.Equal(expected, Math.Exp(mean[i].LogProbabilities[t]), 1e-5);
                for (int s = 0; s < mean[i].SourceSymbols.Count; s++)
                    Assert.Equal(each.Average(own => (double)own[i].Attention[t][s]), mean[i].Attention[t][s], 1e-5);
            }
        }
        Assert.NotEqual(each[0][0].Score, each[1][0].Score, 1e-3);
        Assert.Contains("ensemble of 2", ensemble.ToString());
        float[][] states = [.. ensemble.Transform(SourceData(Sources)).GetColumn<float[]>("State")];
        // Both directions of both encoders.
        Assert.All(states, state => Assert.Equal(2 * 16 + 2 * 9, state.Length));
    }

    [Fact]
    public void A_saved_ensemble_gives_equal_translations()
    {
        RnnTranslationTransformer ensemble = _ml.Rnn().CreateEnsemble(Members());
        var loaded = (RnnTranslationTransformer)_ml.SaveAndLoad(ensemble);
        RnnTranslationDecodingOptions[] kinds = [new(), new() { BeamWidth = 1 }, new() { BeamWidth = 0, Seed = 3 }];
        foreach (RnnTranslationDecodingOptions options in kinds)
            Assert.Equal(
                Translator(ensemble).TranslateMany(Sources, options).Select(all => (all[0].Text, all[0].Score)),
                Translator(loaded).TranslateMany(Sources, options).Select(all => (all[0].Text, all[0].Score)));
        IDataView data = SourceData(Sources);
        Assert.Equal(Rows.Of(ensemble.Transform(data), "Translation", "State"), Rows.Of(loaded.Transform(data), "Translation", "State"));
        RnnTranslationTransformer alone = _ml.Rnn().CreateEnsemble(Trained);
        Assert.Equal(Texts(Trained.Transform(SourceData(Sources))), Texts(alone.Transform(SourceData(Sources))));
    }

    [Fact]
    public void Each_member_is_written_as_ONNX()
    {
        using var folder = new TemporaryFolder();
        _ml.Rnn().CreateEnsemble(Members()).SaveAsOnnx(folder.File("model.onnx"));
        string[] expected = [.. new[] { 1, 2 }.SelectMany(i => new[] { $"model.{i}.encoder.onnx", $"model.{i}.step.onnx", $"model.{i}.translation.json" })];
        Assert.All(expected, file => Assert.True(File.Exists(folder.File(file)), file));
    }

    [Fact]
    public void Models_that_do_not_match_are_refused()
    {
        RnnTranslationTransformer Other(RnnTranslationOptions options, params Pair[] pairs) =>
            Fit(options with { Training = options.Training with { MaxEpochs = 1 } }, pairs);
        void Refused(RnnTranslationTransformer other, string part) =>
            AssertThrows.With<ArgumentException>(() => _ml.Rnn().CreateEnsemble(Trained, other), "Ensemble: expected models", part);

        Refused(Other(Small, [.. Pairs, new Pair("rot", "crimson")]), "with the same symbols, got targets");
        Refused(Other(Small, [new Pair($"purpur {Pairs[0].Source}", Pairs[0].Target), .. Pairs[1..]]), "with the same symbols, got sources");
        Refused(Other(Small with { MaximumLength = 10 }, Pairs), "that read the same source");
        AssertThrows.With<ArgumentException>(() => _ml.Rnn().CreateEnsemble(new RnnTranslationTransformer[0]), "expected at least one model, got none");
        Assert.Throws<ArgumentException>(() => _ml.Rnn().CreateEnsemble([Trained, null!]));
        AssertThrows.With<ArgumentException>(
            () => _ml.Transforms.Text.RnnTranslation(Small).ContinueFrom(_ml.Rnn().CreateEnsemble(Trained)), "expected a single network");
    }
}
