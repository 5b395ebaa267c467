using Microsoft.ML;
using MlNetRnn.Translation;

namespace MlNetRnn.Contracts;

/// <summary>The training of translation models: log, cancellation, checkpoints, sampling, columns of keys.</summary>
public class TranslationTrainingTests : TranslationCase
{
    private static byte[] Graph(RnnTranslationTransformer model) => ((RecurrentTranslationModel)model.Model).StepGraphs[0];

    [Fact]
    public void The_log_reports_pairs_symbols_and_epochs()
    {
        List<string> log = _ml.RecordLog();
        Fit(Small with { Training = Small.Training with { ValidationFraction = 0.2 } }, Pairs);
        Assert.Contains(log, line => line.Contains("training on 48 pairs, selecting the best epoch on 12"));
        Assert.Contains(log, line => line.Contains("the vocabulary has 8 source symbols and 8 target symbols"));
        Assert.Contains(log, line => line.Contains("epoch 2/2: loss"));
        log.Clear();
        Fit(Small with { Training = Small.Training with { ValidationFraction = 0.1 } }, Pairs[0]);
        Assert.Contains(log, line => line.Contains("too few pairs to hold some out"));
    }

    [Fact]
    public void A_stopped_training_returns_the_best_model_so_far()
    {
        using var cancellation = new CancellationTokenSource();
        RnnTrainingOptions training = Small.Training with
        {
            MaxEpochs = 1000,
            OnCancel = RnnOnCancel.KeepBest,
            CancellationToken = cancellation.Token,
            Progress = new ProgressCallback(progress =>
            {
                if (progress is { Epoch: 8, Batch: 2 }) cancellation.Cancel();
            }),
        };
        RnnTranslationTransformer stopped = Fit(Small with { Training = training }, Pairs);
        Assert.True(Mean(stopped) > Mean(Fit(Small, Pairs)));

        double Mean(RnnTranslationTransformer model) =>
            Translator(model).Score(Sources, [.. Pairs.Take(12).Select(pair => pair.Target)]).Average(pair => pair.Score);
    }

    [Theory]
    [InlineData(RnnTargetSampling.Teacher)]
    [InlineData(RnnTargetSampling.Scheduled)]
    public void A_training_that_failed_continues_and_ends_with_the_same_bytes(RnnTargetSampling sampling)
    {
        using var folder = new TemporaryFolder();
        RnnTrainingOptions training = Small.Training with { MaxEpochs = 6, ValidationFraction = 0.3, ExponentialMovingAverage = 0.9f };
        RnnTranslationOptions options = Small with { Sampling = sampling, Metric = RnnTranslationMetric.Bleu, ValidationTranslations = 5 };
        byte[] expected = Graph(Fit(options with { Training = training }, Pairs));
        RnnTranslationOptions failing = options with
        {
            Training = training with
            {
                CheckpointFolder = folder.File("states"),
                Progress = new ProgressCallback(report =>
                {
                    if (report is { Epoch: 4, Batch: 2 }) throw new InvalidOperationException("interrupted");
                }),
            },
        };
        Assert.Throws<InvalidOperationException>(() => Fit(failing, Pairs));
        // Other options and other data have checkpoints of their own.
        Assert.Throws<InvalidOperationException>(() => Fit(failing with { LabelSmoothing = 0.2f }, Pairs));
        Assert.Throws<InvalidOperationException>(() => Fit(failing, Pairs[1..]));
        Assert.Throws<InvalidOperationException>(() => Fit(failing, [.. Pairs[1..], new Pair(Pairs[0].Target, Pairs[0].Source)]));
        Assert.Equal(4, Directory.GetFiles(folder.File("states")).Length);
        List<string> log = _ml.RecordLog();
        Assert.Equal(expected, Graph(Fit(failing with { Training = failing.Training with { Progress = null } }, Pairs)));
        Assert.Contains(log, line => line.Contains("resuming after epoch 3 from"));
        Assert.Equal(3, Directory.GetFiles(folder.File("states")).Length);
    }

    [Fact]
    public void A_training_whose_process_was_killed_continues_and_ends_with_the_same_model()
    {
        using var folder = new TemporaryFolder();
        int Train(string model, string states, int killAfterEpoch) =>
            Repository.TrainInFreshProcess(folder.File(model), folder.File(states), killAfterEpoch, "translation");

        Assert.Equal(0, Train("once.zip", "once", 0));
        Assert.NotEqual(0, Train("killed.zip", "states", 3));
        Assert.False(File.Exists(folder.File("killed.zip")));
        Assert.Single(Directory.GetFiles(folder.File("states")));
        Assert.Equal(0, Train("twice.zip", "states", 0));
        Assert.Empty(Directory.GetFiles(folder.File("states")));
        Assert.Equal(Parts("once.zip"), Parts("twice.zip"));

        IEnumerable<string> Parts(string model) =>
            DamagedModel.Parts(File.ReadAllBytes(folder.File(model))).Select(part => $"{part.Name} {Convert.ToHexString(part.Content)}");
    }

    [Fact]
    public void Sampling_changes_the_training()
    {
        RnnTranslationOptions options = Small with { SamplingProbability = 1, Training = Small.Training with { MaxEpochs = 3 } };
        byte[][] graphs = [.. Enum.GetValues<RnnTargetSampling>().Select(sampling => Graph(Fit(options with { Sampling = sampling }, Pairs)))];
        Assert.Equal(4, graphs.Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(graphs[0], Graph(Fit(options with { Sampling = RnnTargetSampling.Scheduled, SamplingProbability = 0 }, Pairs)));
    }

    [Fact]
    public void Columns_of_keys_are_read_by_their_values()
    {
        IDataView tokens = _ml.Transforms.Text.TokenizeIntoWords("Source").Append(_ml.Transforms.Text.TokenizeIntoWords("Target"))
            .Fit(Data(Pairs)).Transform(Data(Pairs));
        IEstimator<ITransformer> keys = _ml.Transforms.Conversion.MapValueToKey("Source").Append(_ml.Transforms.Conversion.MapValueToKey("Target"));
        RnnTranslationOptions options = Small with { SourceSymbolsColumnName = "Symbols", JointVocabulary = true };
        ITransformer ofTokens = Fit(options, tokens), mapping = keys.Fit(tokens), ofKeys = Fit(options, mapping.Transform(tokens));
        Assert.Equal(Rows.Of(ofTokens.Transform(tokens), "Translation", "Score", "Symbols"),
            Rows.Of(ofKeys.Transform(mapping.Transform(tokens)), "Translation", "Score", "Symbols"));
        // Other numbers of the same values.
        IDataView reversed = keys.Fit(_ml.Data.SkipRows(tokens, 37)).Transform(tokens);
        Assert.Equal(Texts(ofKeys.Transform(mapping.Transform(tokens))), Texts(ofKeys.Transform(reversed)));
    }
}
