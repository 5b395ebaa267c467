using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Pretrained word vectors, and bags of words and word pairs.</summary>
public class WordVectorTests : TopicMessages
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pretrained_vectors_are_frozen_or_fine_tuned(bool isFrozen)
    {
        using var folder = new TemporaryFolder();
        string vectors = Vectors(folder);
        IDataView keyed = KeyedData(i => $"{Topics[i % 3]} again");
        RnnTextClassificationOptions options = Options with
        {
            Text = new RnnTextOptions { PretrainedVectors = vectors, FreezeVectors = isFrozen },
            // The scores of single words do not come from the vectors.
            Network = Options.Network with { EmbeddingSize = 4, NGramLength = 0 },
        };
        RnnTransformer model = Trainer(options).Fit(keyed);
        // The training data lacks the word "overdue", but its vector is that of "late".
        IDataView scored = model.Transform(_ml.LoadRows(new LabeledText { Text = "late again" }, new LabeledText { Text = "overdue again" }));
        float[][] scores = Rows.Scores(scored, "Score");
        Assert.Equal(0, Array.IndexOf(scores[1], scores[1].Max()));
        if (isFrozen) Rows.AssertClose([scores[0]], [scores[1]]);
        float[] table = Onnx.OnnxWeights.Read(model.Model.Network.Graph)["embedding"];
        int late = model.Model.Words.Main.IndexOf("late");
        Assert.Equal(isFrozen, table.AsSpan(4 * late, 4).SequenceEqual([1, 0, 0, 0]));

        // The model contains the vectors, so training continues without the file.
        File.Delete(vectors);
        Assert.Equal(model.VocabularySize, Trainer(options).ContinueFrom(model).Fit(keyed).VocabularySize);
    }

    [Fact]
    public void Vectors_of_another_size_are_refused()
    {
        using var folder = new TemporaryFolder();
        RnnTextClassificationOptions options = Options with { Text = new RnnTextOptions { PretrainedVectors = Vectors(folder) } };
        IDataView keyed = KeyedData(i => $"{Topics[i % 3]} again");
        AssertThrows.With<FormatException>(() => Trainer(options).Fit(keyed), "vectors.txt, line 1: expected a word and 8 numbers");
    }

    [Fact]
    public void A_bag_with_word_pairs_distinguishes_the_order_of_words()
    {
        // Both classes have the same words, in another order.
        IDataView keyed = KeyedData(i => i % 2 == 0 ? "not good but bad" : "not bad but good", i => i % 2 == 0 ? "no" : "yes");
        RnnTextClassificationOptions bag = Options with
        {
            Network = Options.Network with { Cell = RnnCell.None, NGramLength = 0 },
            Training = Options.Training with { MaxEpochs = 60 },
        };
        Assert.Equal(RnnPooling.Mean, bag.Network.Pooling);
        Assert.Equal(0.5, Rows.Accuracy(Trainer(bag).Fit(keyed).Transform(keyed)));
        RnnTextClassificationOptions withPairs = bag with { Text = new RnnTextOptions { WordBigrams = true } };
        Assert.Equal(1, Rows.Accuracy(Trainer(withPairs).Fit(keyed).Transform(keyed)));
    }

    private static string Vectors(TemporaryFolder folder)
    {
        string file = folder.File("vectors.txt");
        File.WriteAllLines(file, ["late 1 0 0 0", "double 0 1 0 0", "locked 0 0 1 0", "overdue 1 0 0 0", "again 0 0 0 1"]);
        return file;
    }
}
