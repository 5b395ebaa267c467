namespace MlNetRnn.Experiments.Tests;

/// <summary>Options as code to paste.</summary>
public class OptionsCodeTests
{
    [Fact]
    public void The_defaults_need_no_words() => Assert.Equal("new RnnTextClassificationOptions()", OptionsCode.Of(new RnnTextClassificationOptions()));

    [Fact]
    public void Only_what_differs_is_written_in_the_notation_of_its_type()
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
