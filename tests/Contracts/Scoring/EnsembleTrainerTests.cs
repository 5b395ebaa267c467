using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The estimator that trains several networks and combines them.</summary>
public class EnsembleTrainerTests : TopicMessages
{
    private static readonly RnnTextClassificationOptions Short = Options with { Training = Options.Training with { MaxEpochs = 4, Seed = 3 } };

    private readonly IDataView _data;

    public EnsembleTrainerTests() => _data = KeyedData(i => $"it was {Topics[i % 3]} number {i}", rows: 50);

    [Fact]
    public void Members_have_seeds_of_their_own_whatever_the_number_of_threads()
    {
        RnnEnsembleTransformer one = Train(new RnnEnsembleOptions { Members = 3, Parallel = 1 });
        RnnEnsembleTransformer three = Train(new RnnEnsembleOptions { Members = 3, Parallel = 3 });
        Assert.Equal(3, one.Members.Select(Graph).Distinct().Count());
        Assert.Equal(one.Members.Select(Graph), three.Members.Select(Graph));
        // The first member is the network that the trainer alone trains.
        Assert.Equal(Graph(Trainer(Short).Fit(_data)), Graph(one.Members[0]));
        Rows.AssertClose(Mean(one), Rows.Scores(one.Transform(_data), "Score"), 1e-5);
    }

    [Fact]
    public void Every_row_selects_the_best_epoch_of_one_member()
    {
        List<string> log = _ml.RecordLog();
        RnnEnsembleTransformer model = Train(new RnnEnsembleOptions { Members = 3, Variation = RnnEnsembleVariation.Folds });
        Assert.Equal(3, model.Members.Select(Graph).Distinct().Count());
        Assert.Equal(
            ["on 33 rows, selecting the best epoch on 17", "on 33 rows, selecting the best epoch on 17", "on 34 rows, selecting the best epoch on 16"],
            log.Where(line => line.Contains("selecting", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf("on 3", StringComparison.Ordinal)..]).Order());
    }

    [Fact]
    public void Trainers_of_different_networks_form_an_ensemble_in_a_pipeline()
    {
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Rnn().Ensemble(Trainer(Short), Trainer(Short with { Network = Short.Network with { Cell = RnnCell.Gru, HiddenSize = 5 } })))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
        IDataView rows = Data(i => Topics[i % 3]);
        ITransformer model = pipeline.Fit(rows), loaded = _ml.LoadFromBytes(_ml.SaveToBytes(model, rows.Schema));
        Assert.Equal(Rows.Of(model.Transform(rows), "Answer", "Score"), Rows.Of(loaded.Transform(rows), "Answer", "Score"));
    }

    [Fact]
    public void A_member_that_fails_ends_the_training_with_its_exception()
    {
        IDataView weighted = _ml.LoadRows(20, i => new WeightedText { Label = Topics[i % 3], Text = "late", Weight = -1 });
        RnnEnsembleTrainer trainer = _ml.Rnn().Ensemble(Trainer(Short with { ExampleWeightColumnName = "Weight" }));
        AssertThrows.With<InvalidOperationException>(() => trainer.Fit(_ml.MapToKeys(weighted)), "expected a finite number, 0 or more, got -1");
    }

    [Fact]
    public void Cancellation_ends_all_members()
    {
        using var source = new CancellationTokenSource();
        var progress = new ProgressCallback(_ => source.Cancel());
        RnnTextClassificationOptions options = Short with
        {
            Training = Short.Training with { CancellationToken = source.Token, Progress = progress, MaxEpochs = 1000, Patience = 1000 },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => _ml.Rnn().Ensemble(Trainer(options)).Fit(_data));
    }

    [Fact]
    public void What_is_no_ensemble_is_refused()
    {
        AssertThrows.With<ArgumentException>(() => _ml.Rnn().Ensemble(Trainer(Short), new RnnEnsembleOptions { Members = 1 }), "Members");
        AssertThrows.With<ArgumentException>(() => _ml.Rnn().Ensemble([Trainer(Short)]), "expected at least two trainers, got 1");
        RnnTextClassificationOptions validated = Short with { Training = Short.Training with { ValidationSet = _data } };
        var folds = new RnnEnsembleOptions { Variation = RnnEnsembleVariation.Folds };
        AssertThrows.With<ArgumentException>(
            () => _ml.Rnn().Ensemble(Trainer(validated), folds).Fit(_data), "expected Seeds when the trainers have a ValidationSet");
    }

    private RnnEnsembleTransformer Train(RnnEnsembleOptions options) => _ml.Rnn().Ensemble(Trainer(Short), options).Fit(_data);

    private float[][] Mean(RnnEnsembleTransformer model)
    {
        float[][][] scores = [.. model.Members.Select(member => Rows.Scores(member.Transform(_data), "Score"))];
        return [.. Enumerable.Range(0, scores[0].Length).Select(row => scores[0][row].Select((_, k) => scores.Average(member => member[row][k])).ToArray())];
    }

    private static string Graph(RnnTransformer member) => Convert.ToHexString(member.Model.Network.Graph);

    private sealed class WeightedText
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";

        public float Weight { get; set; }
    }
}
