using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.LanguageModels;

/// <summary>Ensembles of n-gram models of different orders.</summary>
public class LanguageModelEnsembleTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void The_probability_of_each_symbol_is_the_mean_of_those_of_the_members()
    {
        RnnLanguageModelTransformer[] members = [Train(2), Train(3), Train(6)];
        RnnLanguageModelTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        float[][][] each = [.. members.Select(member => Scores(member))];
        float[][] mean = Scores(ensemble);
        for (int row = 0; row < mean.Length; row++)
            for (int i = 0; i < mean[row].Length; i++)
                Assert.Equal(each.Average(member => Math.Exp(member[row][i])), Math.Exp(mean[row][i]), 5);
    }

    [Fact]
    public void It_generates_with_the_mean_distribution()
    {
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(_ml.Rnn().CreateEnsemble(Train(2), Train(6)));
        RnnGeneratedText text = generator.GenerateMany(["h"], new() { Seed = 4, Temperature = 0.8f })[0][0];
        float[] scores = Scores(_ml.Rnn().CreateEnsemble(Train(2), Train(6)), "h" + text.Text)[0];
        Assert.Equal(scores[1..], text.LogProbabilities, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void It_is_saved_and_loaded_as_one_model_also_inside_another()
    {
        RnnLanguageModelTransformer ensemble = _ml.Rnn().CreateEnsemble(Train(2), _ml.Rnn().CreateEnsemble(Train(3), Train(4)));
        ITransformer loaded = TextRows.SavedAndLoaded(_ml, ensemble, TextRows.Of(_ml, "a"));
        Assert.Equal(Scores(ensemble), Scores(loaded));
        RnnGenerationOptions options = new() { Seed = 9 };
        Assert.Equal(_ml.Rnn().CreateTextGenerator(ensemble).Generate("", options), _ml.Rnn().CreateTextGenerator(loaded).Generate("", options));
        Assert.Contains("ensemble of 2-gram model, ensemble of 3-gram model, 4-gram model", loaded.ToString());
    }

    [Fact]
    public void A_state_is_that_of_the_ensemble_and_of_no_member()
    {
        RnnTextGenerator generator = _ml.Rnn().CreateTextGenerator(_ml.Rnn().CreateEnsemble(Train(2), Train(6)));
        RnnGenerationOptions options = new() { Seed = 2, MaximumLength = 5, StopAtDocumentEnd = false };
        RnnGeneratedText whole = generator.GenerateMany(["j"], options with { MaximumLength = 10 })[0][0], first = generator.GenerateMany(["j"], options)[0][0];
        Assert.Equal(whole.Text, first.Text + generator.Continue(RnnGenerationState.FromBytes(first.State.ToBytes()), "", options)[0].Text);
        Assert.Throws<FormatException>(() => _ml.Rnn().CreateTextGenerator(Train(2)).Continue(first.State, "", options));
    }

    [Fact]
    public void Models_with_other_symbols_or_columns_are_refused()
    {
        Assert.Contains("and 3 symbols", Refused(Train(2), TextRows.Train(_ml, new(), "a")));
        Assert.Contains("'a' and 'b' as symbol 2", Refused(TextRows.Train(_ml, new(), "a"), TextRows.Train(_ml, new(), "b")));
        Assert.Contains("units Character and Whitespace", Refused(Train(2), TextRows.Train(_ml, new() { Unit = RnnLanguageUnit.Whitespace })));
        Assert.Contains("expected at least one model", Refused());
        IDataView lines = _ml.Transforms.CopyColumns("Line", "Text").Fit(TextRows.Of(_ml, TextRows.Names)).Transform(TextRows.Of(_ml, TextRows.Names));
        Assert.Contains("'Text' (Text) and 'Line'", Refused(Train(2), _ml.Transforms.Text.NGramLanguageModel(new() { InputColumnName = "Line" }).Fit(lines)));

        string Refused(params RnnLanguageModelTransformer[] models) => Assert.Throws<ArgumentException>(() => _ml.Rnn().CreateEnsemble(models)).Message;
    }

    [Fact]
    public void An_n_gram_model_has_no_graph() =>
        Assert.Contains("a 2-gram model, which has no graph", Assert.Throws<NotSupportedException>(() =>
            _ml.Rnn().CreateEnsemble(Train(2), Train(3)).SaveAsOnnx("never.onnx")).Message);

    private RnnLanguageModelTransformer Train(int order) => TextRows.Train(_ml, new() { Order = order, SymbolLogProbabilitiesColumnName = "Each" });

    private float[][] Scores(ITransformer model, params string[] texts) =>
    [
        .. _ml.Data.CreateEnumerable<Scored>(model.Transform(TextRows.Of(_ml, texts.Length == 0 ? TextRows.Names : texts)), reuseRowObject: false)
            .Select(row => row.Each),
    ];

    private sealed class Scored
    {
        public float[] Each { get; set; } = [];
    }
}
