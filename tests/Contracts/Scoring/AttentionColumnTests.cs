using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>The column with the attention weight of each word.</summary>
public class AttentionColumnTests : TopicMessages
{
    [Fact]
    public void The_decisive_word_has_the_largest_weight_and_keeps_its_spelling()
    {
        RnnTextClassificationOptions options = Options with
        {
            AttentionColumnName = "Attention",
            TokensColumnName = "Words",
            // Without recurrence each vector depends on one word only. The states of a recurrent network also depend on the neighbors.
            Network = Options.Network with { Pooling = RnnPooling.Attention, Cell = RnnCell.None },
            Training = Options.Training with { MaxEpochs = 60 },
        };
        RnnTransformer model = Trainer(options).Fit(KeyedData(i => $"Please, {Topics[i % 3].ToUpperInvariant()} again!"));
        IDataView scored = model.Transform(_ml.LoadRows(new LabeledText { Text = "Please, LATE again!" }, new LabeledText()));
        Assert.Equal(["Please , LATE again !", ""], Rows.Of(scored, "Words"));
        float[][] weights = Rows.Scores(scored, "Attention");
        Assert.Equal([5, 1], weights.Select(row => row.Length));
        Assert.All(weights, row => Assert.Equal(1, row.Sum(), 1e-5));
        Assert.Equal("LATE", new[] { "Please", ",", "LATE", "again", "!" }[Array.IndexOf(weights[0], weights[0].Max())]);
    }
}
