using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Ensembles of classifiers, regression models and taggers.</summary>
public class EnsembleTests : TaggedSentences
{
    /// <summary>The number of tags in <see cref="TaggedSentences.Sentences"/>.</summary>
    private const int TagNames = 4;

    private static readonly string[] Texts = ["my order is late", "charged double", "the account is locked", "", "locked late double"];

    [Fact]
    public void Classifiers_average_their_probabilities()
    {
        IDataView data = Labeled(i => ((string[])["late", "double", "locked"])[i % 3]);
        RnnTransformer[] members = [.. Enumerable.Range(0, 3).Select(seed => _ml.MulticlassClassification.Trainers.RnnTextClassification(
            RnnTextClassificationContract.Tiny with { Training = Short(seed) }).Fit(_ml.MapToKeys(data)))];
        RnnEnsembleTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        float[][] scores = AssertMean(ensemble, Inputs(), "Score");
        Assert.Equal(scores.Select(row => Array.IndexOf(row, row.Max()) + 1), Rows.Of(ensemble.Transform(Inputs()), "PredictedLabel").Select(int.Parse));
        AssertSavedAsOne(ensemble, Inputs(), "PredictedLabel", "Score");
        var small = (RnnEnsembleTransformer)_ml.Model.Quantize(ensemble).Model;
        Assert.All(small.Members, member => Assert.True(member.IsQuantized));
        AssertMean(small, Inputs(), "Score");
        Assert.Contains("Ensemble of 3 models", ensemble.ToString());
    }

    [Fact]
    public void Binary_classifiers_average_their_probabilities()
    {
        IDataView data = _ml.LoadRows(30, i => new BinaryRow { Text = Texts[i % 3], Label = i % 3 == 1 });
        RnnTransformer[] members = [.. Enumerable.Range(0, 2).Select(seed => _ml.BinaryClassification.Trainers.RnnTextClassification(
            RnnBinaryTextClassificationContract.Tiny with { Training = Short(seed) }).Fit(data))];
        RnnEnsembleTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        float[][] probabilities = AssertMean(ensemble, Inputs(), "Probability"), scores = Rows.Scores(ensemble.Transform(Inputs()), "Score");
        Assert.Equal(probabilities.Select(row => Math.Log(row[0] / (1 - row[0]))), scores.Select(row => (double)row[0]), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Equal(probabilities.Select(row => (row[0] > 0.5).ToString()), Rows.Of(ensemble.Transform(Inputs()), "PredictedLabel"));
        AssertSavedAsOne(ensemble, Inputs(), "PredictedLabel", "Score", "Probability");
    }

    [Fact]
    public void Regression_models_average_their_scores()
    {
        IDataView data = _ml.LoadRows(30, i => new NumberRow { Text = Texts[i % 3], Label = i % 3 });
        RnnTransformer[] members = [.. Enumerable.Range(0, 2).Select(seed =>
            _ml.Regression.Trainers.RnnTextRegression(RnnTextRegressionContract.Tiny with { Training = Short(seed) }).Fit(data))];
        AssertMean(_ml.Rnn().CreateEnsemble(members), Inputs(), "Score");
    }

    [Fact]
    public void Taggers_average_the_probabilities_of_each_tag()
    {
        IDataView data = Data(Sentences);
        RnnSequenceTaggingOptions options = Tiny with { TopTagsColumnName = "Tops", TopScoresColumnName = "TopScores", TopTags = TagNames };
        var independent = options.Network with { Dependency = RnnTagDependency.None };
        RnnTransformer[] members =
        [
            Fit(options with { Training = options.Training with { Seed = 1 } }, data),
            Fit(options with { Training = options.Training with { Seed = 2 }, Network = independent }, data),
        ];
        RnnEnsembleTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        Assert.Equal(Sentences.Select(sentence => string.Join(' ', sentence.Split(' ').Select(pair => pair.Split('/')[1]))), Tags(ensemble.Transform(data)));
        float[][] combined = ScoresByTag(ensemble.Transform(data));
        float[][][] each = [.. members.Select(member => ScoresByTag(member.Transform(data)))];
        Assert.NotEqual(each[0], each[1]);
        Rows.AssertClose([.. combined.Select((row, i) => row.Select((_, k) => (each[0][i][k] + each[1][i][k]) / 2).ToArray())], combined);
        GoldenModel.WriteIfAsked(_ml, "RnnEnsemble", ensemble, data, "TopScores");
        GoldenModel.AssertAllLoad("RnnEnsemble", data, "TopScores");
        AssertSavedAsOne(ensemble, data, "PredictedLabel", "Score", "TopScores");
        IDataView alone = _ml.Rnn().CreateEnsemble(members[0]).Transform(data);
        Assert.Equal(Rows.Of(members[0].Transform(data), "PredictedLabel"), Rows.Of(alone, "PredictedLabel"));
        Rows.AssertClose(Rows.Scores(members[0].Transform(data), "TopScores"), Rows.Scores(alone, "TopScores"), 1e-2);
    }

    [Fact]
    public void Language_models_are_one_model_in_a_fresh_process_and_one_graph_each()
    {
        using var folder = new TemporaryFolder();
        (string model, string rows, string onnx) = (folder.File("model.zip"), folder.File("rows.idv"), folder.File("model.onnx"));
        IDataView data = _ml.LoadRows(20, i => new LabeledText { Text = Texts[i % 3] });
        RnnLanguageModelTransformer[] members = [.. new[] { RnnCell.Lstm, RnnCell.MinGru }.Select(cell =>
            _ml.Transforms.Text.RnnLanguageModel(new RnnLanguageModelOptions
            {
                Network = new RnnLanguageNetworkOptions { Cell = cell, HiddenSize = 8, EmbeddingSize = 4, TiedEmbeddings = cell == RnnCell.Lstm },
                Training = Short(1) with { ValidationFraction = 0 },
            }).Fit(data))];
        RnnLanguageModelTransformer ensemble = _ml.Rnn().CreateEnsemble(members);
        _ml.Model.Save(ensemble, data.Schema, model);
        using (FileStream stream = File.Create(rows)) _ml.Data.SaveAsBinary(data, stream);
        Assert.Equal(Rows.Of(ensemble.Transform(data), "LogProbability"), Repository.PredictInFreshProcess(model, rows, "LogProbability"));
        RnnGenerationOptions options = new() { Seed = 1, MaximumLength = 30 };
        string[] prompts = ["my order", "", "zz"];
        ITransformer transform = _ml.Transforms.Text.GenerateText(ensemble, "More", "Text", options).Fit(data);
        IDataView prompted = _ml.LoadRows(prompts.Length, i => new LabeledText { Text = prompts[i] });
        Assert.Equal(Rows.Of(transform.Transform(prompted), "More"), Rows.Of(_ml.SaveAndLoad(transform, data.Schema).Transform(prompted), "More"));
        ensemble.SaveAsOnnx(onnx);
        Assert.True(File.Exists(folder.File("model.1.onnx")) && File.Exists(folder.File("model.2.onnx")) && !File.Exists(onnx));
    }

    [Fact]
    public void An_ensemble_loads_in_a_fresh_process()
    {
        using var folder = new TemporaryFolder();
        (string model, string rows) = (folder.File("model.zip"), folder.File("rows.idv"));
        IDataView data = Data(Sentences);
        RnnEnsembleTransformer ensemble = _ml.Rnn().CreateEnsemble([.. Enumerable.Range(0, 2).Select(seed =>
            Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 2, Seed = seed } }, data))]);
        _ml.Model.Save(ensemble, data.Schema, model);
        using (FileStream stream = File.Create(rows)) _ml.Data.SaveAsBinary(data, stream);
        string[] columns = ["PredictedLabel", "Score"], expected = Rows.Of(ensemble.Transform(data), columns);
        Assert.Equal(expected, Repository.PredictInFreshProcess(model, rows, columns));
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, Rows.Of(ensemble.Transform(data), columns)));
    }

    [Fact]
    public void Other_tasks_labels_and_columns_are_refused()
    {
        RnnTextClassificationOptions tiny = RnnTextClassificationContract.Tiny with { Training = Short(1) with { MaxEpochs = 1 } };
        RnnTransformer model = Classifier(tiny, "late", "double"), other = Classifier(tiny, "late", "locked");
        RnnTransformer renamed = Classifier(tiny with { ScoreColumnName = "S" }, "late", "double");
        RnnTransformer tagger = Fit(Tiny with { Training = Tiny.Training with { MaxEpochs = 1 } }, Data(Sentences));
        Assert.Contains("labels, got late, double and late, locked", Refused(model, other));
        Assert.Contains("output columns", Refused(model, renamed));
        Assert.Contains("task, got Classification", Refused(model, tagger));
        Assert.Contains("at least one model", Refused());

        string Refused(params RnnTransformer[] models) => Assert.Throws<ArgumentException>(() => _ml.Rnn().CreateEnsemble(models)).Message;

        RnnTransformer Classifier(RnnTextClassificationOptions options, params string[] labels) =>
            _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(_ml.MapToKeys(Labeled(i => labels[i % labels.Length])));
    }

    /// <summary>Returns the scores of the tags of each token, in the order of the keys.</summary>
    private static float[][] ScoresByTag(IDataView scored) =>
    [
        .. Rows.Scores(scored, "Tops").Zip(Rows.Scores(scored, "TopScores")).SelectMany(row => row.First.Zip(row.Second).Chunk(TagNames))
            .Select(token => token.OrderBy(tag => tag.First).Select(tag => tag.Second).ToArray()),
    ];

    private static RnnTrainingOptions Short(int seed) => RnnTextClassificationContract.TinyTraining with { MaxEpochs = 3, Seed = seed };

    private IDataView Labeled(Func<int, string> label) => _ml.LoadRows(30, i => new LabeledText { Text = Texts[i % 3], Label = label(i) });

    private IDataView Inputs() => _ml.LoadRows(Texts.Length, i => new LabeledText { Text = Texts[i] });

    /// <summary>Asserts that a column is the mean of that of the members, and returns it.</summary>
    private static float[][] AssertMean(RnnEnsembleTransformer ensemble, IDataView rows, string column)
    {
        float[][][] each = [.. ensemble.Members.Select(member => Rows.Scores(member.Transform(rows), column))];
        Assert.True(each.Select(member => string.Join(' ', member[0])).Distinct().Count() > 1);
        float[][] mean = Rows.Scores(ensemble.Transform(rows), column);
        Rows.AssertClose([.. mean.Select((row, i) => row.Select((_, k) => each.Average(member => member[i][k])).ToArray())], mean);
        return mean;
    }

    private void AssertSavedAsOne(RnnEnsembleTransformer ensemble, IDataView data, params string[] columns) =>
        Assert.Equal(Rows.Of(ensemble.Transform(data), columns), Rows.Of(_ml.SaveAndLoad(ensemble, data.Schema).Transform(data), columns));
}
