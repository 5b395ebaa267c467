namespace MlNetRnn.Experiments.Tests;

/// <summary>Options as C# code.</summary>
public class OptionsCodeTests
{
    [Fact]
    public void The_defaults_are_omitted() => Assert.Equal("new RnnTextClassificationOptions()", OptionsCode.Of(new RnnTextClassificationOptions()));

    [Fact]
    public void Other_values_are_written_in_the_notation_of_their_type()
    {
        string code = OptionsCode.Of(new RnnTextClassificationOptions
        {
            InputColumnName = "A \"text\"\n\\",
            Network = new RnnNetworkOptions { Cell = RnnCell.Gru, HiddenSize = 64, Dropout = 0.25f, PoolWords = true },
            Training = new RnnTrainingOptions { LearningRate = 1e-5f, Seed = 3, ValidationFraction = 0.2, Progress = new Nobody() },
        });
        Assert.Equal(
            """
            new RnnTextClassificationOptions
            {
                InputColumnName = "A \"text\"\n\\",
                Network = new RnnNetworkOptions
                {
                    Cell = RnnCell.Gru,
                    Dropout = 0.25f,
                    HiddenSize = 64,
                    PoolWords = true,
                },
                Training = new RnnTrainingOptions
                {
                    LearningRate = 1E-05f,
                    Seed = 3,
                    ValidationFraction = 0.2,
                },
            }
            """.ReplaceLineEndings("\n").Split('\n').Order(), code.Split('\n').Order());
        Assert.StartsWith("new RnnTextClassificationOptions\n{\n", code);
        Assert.EndsWith("    },\n}", code);
    }

    private sealed class Nobody : IProgress<RnnTrainingProgress>
    {
        public void Report(RnnTrainingProgress value)
        {
        }
    }
}
