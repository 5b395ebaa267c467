using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MlNetRnn.Contracts;

/// <summary>The kinds of input and the columns that are not every trainer's.</summary>
public class InputAndOutputTests
{
    private static readonly string[] Topics = ["late", "double", "locked"];
    private readonly MLContext _ml = new(1);

    private static RnnTextClassificationOptions Options { get; } = RnnTextClassificationContract.Tiny with { Training = RnnTextClassificationContract.TinyTraining with { MaxEpochs = 20 } };

    [Fact]
    public void Keys_mean_their_values_in_whatever_order_they_are_mapped()
    {
        IDataView data = Tokenized("please help"), other = Tokenized("help locked double late please");
        ITransformer mapping = Mapping().Fit(data), differently = Mapping().Fit(other);
        RnnTextClassificationOptions options = Options with { InputColumnName = "Keys" };
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(mapping.Transform(data));
        IDataView expected = model.Transform(mapping.Transform(data)), actual = model.Transform(differently.Transform(data));
        Assert.NotEqual(Rows.Of(mapping.Transform(data), "Keys"), Rows.Of(differently.Transform(data), "Keys"));
        Assert.Equal(Rows.Of(expected, "Score"), Rows.Of(actual, "Score"));
        Assert.Equal(1, Accuracy(expected));
    }

    [Fact]
    public void Keys_without_values_and_missing_keys_are_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("data.tsv"), Enumerable.Range(0, 30).Select(i => $"{i % 2}\t{i % 2 + 1}\t{(i % 5 == 0 ? "" : "3")}\t2"));
        IDataView data = _ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = [new TextLoader.Column("Label", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(2)), new TextLoader.Column("Keys", DataKind.Byte, [new TextLoader.Range(1, 3)], new KeyCount(10))],
        }).Load(folder.File("data.tsv"));
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(Options with { InputColumnName = "Keys" }).Fit(data);
        Assert.Equal(1, Accuracy(model.Transform(data)));
    }

    [Fact]
    public void Attention_tells_which_words_decided_in_their_own_spelling()
    {
        IDataView data = Data(i => $"Please, {Topics[i % 3].ToUpperInvariant()} again!");
        RnnTextClassificationOptions options = Options with
        {
            AttentionColumnName = "Attention",
            TokensColumnName = "Words",
            // Without recurrence a word's vector is its own; states of a recurrent network know of their neighbours.
            Network = Options.Network with { Pooling = RnnPooling.Attention, Cell = RnnCell.None },
            Training = Options.Training with { MaxEpochs = 60 },
        };
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keyed);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(new[] { new TextRow { Text = "Please, LATE again!" }, new TextRow { Text = "" } }));
        Assert.Equal(["Please , LATE again !", ""], Rows.Of(scored, "Words"));
        float[][] weights = Rows.Scores(scored, "Attention");
        Assert.Equal([5, 1], weights.Select(row => row.Length));
        Assert.All(weights, row => Assert.Equal(1, row.Sum(), 1e-5));
        Assert.Equal("LATE", new[] { "Please", ",", "LATE", "again", "!" }[Array.IndexOf(weights[0], weights[0].Max())]);
    }

    [Fact]
    public void Frames_must_be_whole_while_learning_and_are_filled_up_while_scoring()
    {
        IDataView Frames(int numbers) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new FramesRow { Label = Topics[i % 3], Frames = [.. Enumerable.Range(0, numbers).Select(k => 10f * (i % 3) + k % 3)] }).ToArray());
        RnnTextClassificationOptions options = Options with { InputColumnName = "Frames", FrameSize = 3 };
        IDataView Keyed(IDataView data) => _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(Keyed(Frames(12)));
        Assert.Equal(1, Accuracy(model.Transform(Keyed(Frames(12)))));
        Assert.Equal("Classification into 3 classes of 'Frames' (frames of 3 numbers)", model.ToString());
        var log = new List<string>();
        _ml.Log += (_, e) => log.Add(e.Message);
        _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(Keyed(Frames(13)));
        Assert.Contains(log, line => line.Contains("30 rows do not contain a whole number of frames"));
        // A frame that lacks numbers is scored as one whose last numbers are missing, and not left out.
        float[] numbers = [.. Enumerable.Range(0, 13).Select(k => (float)k)];
        string Scored(params float[] frames) => Rows.Of(model.Transform(_ml.Data.LoadFromEnumerable(new[] { new FramesRow { Frames = frames } })), "Score")[0];
        Assert.Equal(Scored([.. numbers, float.NaN, float.NaN]), Scored(numbers));
        Assert.NotEqual(Scored(numbers[..12]), Scored(numbers));
        // Where the size is part of the column's type, it is told before anything is read.
        IDataView fixedSize = _ml.Transforms.Concatenate("Frames", "A", "B").Fit(Numbers()).Transform(Numbers());
        Assert.Contains("expected whole frames of 3 numbers (FrameSize), got a vector of 2",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(Keyed(fixedSize))).Message);
        Assert.Contains("set FrameSize", Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options with { FrameSize = 0 }).Fit(Keyed(Frames(12)))).Message);
    }

    [Fact]
    public void Pretrained_vectors_are_used_frozen_or_learned_on()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("vectors.txt"), ["late 1 0 0 0", "double 0 1 0 0", "locked 0 0 1 0", "overdue 1 0 0 0", "again 0 0 0 1"]);
        IDataView data = Data(i => $"{Topics[i % 3]} again");
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        foreach (bool frozen in new[] { true, false })
        {
            RnnTextClassificationOptions options = Options with
            {
                Text = new RnnTextOptions { PretrainedVectors = folder.File("vectors.txt"), FreezeVectors = frozen },
                Network = Options.Network with { EmbeddingSize = 4 },
            };
            RnnTransformer model = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(keyed);
            // A word that the training data lacks is known by its vector.
            float[][] scores = Rows.Scores(model.Transform(_ml.Data.LoadFromEnumerable(new[] { new TextRow { Text = "late again" }, new TextRow { Text = "overdue again" } })), "Score");
            Assert.Equal(0, Array.IndexOf(scores[1], scores[1].Max()));
            if (frozen) Rows.AssertClose([scores[0]], [scores[1]]);
            float[] table = Onnx.OnnxWeights.Read(model.Model.Network.Graph)["embedding"];
            // Training goes on where the file is gone: the model has its vectors.
            File.Move(folder.File("vectors.txt"), folder.File("gone.txt"));
            RnnTransformer next = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).ContinueFrom(model).Fit(keyed);
            Assert.Equal(model.VocabularySize, next.VocabularySize);
            File.Move(folder.File("gone.txt"), folder.File("vectors.txt"));
            int late = model.Model.Words.Main.IndexOf("late");
            Assert.Equal(frozen, table.AsSpan(4 * late, 4).SequenceEqual([1, 0, 0, 0]));
        }
        RnnTextClassificationOptions wrong = Options with { Text = new RnnTextOptions { PretrainedVectors = folder.File("vectors.txt") } };
        Assert.Contains("vectors.txt, line 1: expected a word and 8 numbers", Assert.Throws<FormatException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(wrong).Fit(keyed)).Message);
    }

    [Fact]
    public void A_bag_with_pairs_of_words_sees_their_order()
    {
        // The same words in both classes; only pairs tell them apart.
        IDataView data = Data(i => i % 2 == 0 ? "not good but bad" : "not bad but good", i => i % 2 == 0 ? "no" : "yes");
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RnnTextClassificationOptions bag = Options with { Network = Options.Network with { Cell = RnnCell.None }, Training = Options.Training with { MaxEpochs = 60 } };
        Assert.Equal(RnnPooling.Mean, bag.Network.Pooling);
        Assert.Equal(0.5, Accuracy(_ml.MulticlassClassification.Trainers.RnnTextClassification(bag).Fit(keyed).Transform(keyed)));
        Assert.Equal(1, Accuracy(_ml.MulticlassClassification.Trainers.RnnTextClassification(bag with { Text = new RnnTextOptions { WordBigrams = true } }).Fit(keyed).Transform(keyed)));
    }

    [Fact]
    public void Ordinal_classes_need_their_order()
    {
        IDataView data = Data(i => $"word{i % 5}", i => $"{(i * 3 + 2) % 5 + 1}");
        IDataView jumbled = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        IDataView ordered = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        RnnTextClassificationOptions options = Options with { OrdinalClasses = true, Training = Options.Training with { MaxEpochs = 100, LearningRate = 0.02f } };
        IDataView asText = _ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(Data(i => "x", i => $"{i % 12}")).Transform(Data(i => "x", i => $"{i % 12}"));
        Assert.Contains("got 0, 1, 10, 11, 2, 3, 4, 5, 6, 7. Convert the label to a number before MapValueToKey",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(asText)).Message);
        Assert.Contains("expected key values in ascending or descending order (OrdinalClasses), got 3, 1, 4, 2, 5",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(jumbled)).Message);
        IDataView scored = _ml.MulticlassClassification.Trainers.RnnTextClassification(options).Fit(ordered).Transform(ordered);
        Assert.Equal(1, Accuracy(scored));
        Assert.All(Rows.Scores(scored, "Score"), row => Assert.Equal(1, row.Sum(), 1e-5));
    }

    [Fact]
    public void The_stock_evaluators_accept_true_and_false_and_numbers()
    {
        IDataView flags = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new FlagRow { Label = i % 3 == 0, Text = i % 3 == 0 ? "late" : "double", Stars = i % 3 }).ToArray());
        RnnBinaryTextClassificationOptions binary = RnnBinaryTextClassificationContract.Tiny with { Training = RnnBinaryTextClassificationContract.TinyTraining with { MaxEpochs = 20, ValidationFraction = 0.2 } };
        IDataView scored = _ml.BinaryClassification.Trainers.RnnTextClassification(binary).Fit(flags).Transform(flags);
        CalibratedBinaryClassificationMetrics metrics = _ml.BinaryClassification.Evaluate(scored);
        Assert.Equal(1, metrics.AreaUnderRocCurve);
        Assert.Equal(1, metrics.Accuracy);
        float[] scores = [.. scored.GetColumn<float>("Score")], probabilities = [.. scored.GetColumn<float>("Probability")];
        Assert.All(scores.Zip(probabilities), p => Assert.Equal(1 / (1 + Math.Exp(-p.First)), p.Second, 1e-5));
        Assert.Equal(2, _ml.BinaryClassification.CrossValidate(flags, _ml.BinaryClassification.Trainers.RnnTextClassification(binary), numberOfFolds: 2).Count);

        RnnTextRegressionOptions number = RnnTextRegressionContract.Tiny with { LabelColumnName = "Stars", Training = RnnTextRegressionContract.TinyTraining with { MaxEpochs = 60, LearningRate = 0.02f } };
        IDataView numbers = _ml.Regression.Trainers.RnnTextRegression(number).Fit(flags).Transform(flags);
        // The text tells 0 from the others, of which half are 1 and half are 2.
        Assert.Equal(0.75, _ml.Regression.Evaluate(numbers, "Stars").RSquared, 0.1);
        Assert.Equal(2, _ml.Regression.CrossValidate(flags, _ml.Regression.Trainers.RnnTextRegression(number), numberOfFolds: 2, labelColumnName: "Stars").Count);
    }

    private IEstimator<ITransformer> Mapping() => _ml.Transforms.Conversion.MapValueToKey("Keys", "Tokens").Append(_ml.Transforms.Conversion.MapValueToKey("Label"));

    private IDataView Tokenized(string first)
    {
        IDataView data = Data(i => i == 0 && first.Length > 12 ? first : $"{Topics[i % 3]} {first.Split(' ')[0]}");
        return _ml.Transforms.Text.TokenizeIntoWords("Tokens", "Text").Fit(data).Transform(data);
    }

    private IDataView Data(Func<int, string> text, Func<int, string>? label = null) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new Row { Label = label is null ? Topics[i % 3] : label(i), Text = text(i) }).ToArray());

    private IDataView Numbers() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new NumbersRow { Label = Topics[i % 3], A = i, B = -i }).ToArray());

    private static double Accuracy(IDataView scored) => Rows.Of(scored, "Label").Zip(Rows.Of(scored, "PredictedLabel")).Average(p => p.First == p.Second ? 1 : 0);

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public string Text { get; set; } = "";
    }

    private sealed class TextRow
    {
        public string Text { get; set; } = "";
    }

    private sealed class FlagRow
    {
        public bool Label { get; set; }

        public string Text { get; set; } = "";

        public float Stars { get; set; }
    }

    private sealed class FramesRow
    {
        public string Label { get; set; } = "";

        public float[] Frames { get; set; } = [];
    }

    private sealed class NumbersRow
    {
        public string Label { get; set; } = "";

        public float A { get; set; }

        public float B { get; set; }
    }
}
