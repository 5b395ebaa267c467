namespace MlNetRnn.Transforms.Tests.Decoding;

public class RnnGenerationOptionsTests
{
    private static string Message(RnnGenerationOptions options) => Assert.Throws<ArgumentException>("options", () => options.Validate("options")).Message;

    [Fact]
    public void All_errors_are_reported_together()
    {
        string message = Message(new RnnGenerationOptions
        {
            MaximumLength = 0,
            Temperature = float.NaN,
            TopK = -1,
            TopP = 0,
            RepetitionPenalty = 0.5f,
            NoRepeatNgramSize = -2,
            StopSequences = ["\n", ""],
            BeamWidth = -3,
            LengthPenalty = -1,
            NBest = 0,
        });
        Assert.Contains("10 invalid option(s):", message);
        Assert.Contains("MaximumLength: expected 1 or more, got 0", message);
        Assert.Contains("Temperature: expected a finite number of 0 or more, got NaN", message);
        Assert.Contains("TopK: expected 0 or more, got -1", message);
        Assert.Contains("TopP: expected more than 0 and at most 1, got 0. With 0, no symbol can be drawn. Set Temperature to 0 for greedy search.", message);
        Assert.Contains("RepetitionPenalty: expected a finite number of 1 or more, got 0.5", message);
        Assert.Contains("NoRepeatNgramSize: expected 0 or more, got -2", message);
        Assert.Contains("StopSequences: expected texts with at least one character, got an empty text.", message);
        Assert.Contains("BeamWidth: expected 0 to 100000, got -3", message);
        Assert.Contains("LengthPenalty: expected a finite number of 0 or more, got -1", message);
        Assert.Contains("NBest: expected 1 or more, got 0", message);
    }

    [Fact]
    public void What_cannot_be_combined_is_refused_with_the_reason()
    {
        string message = Message(new RnnGenerationOptions { BeamWidth = 4, Temperature = 0.5f, TopK = 3, TopP = 0.9f, NBest = 5 });
        Assert.Contains("4 invalid option(s)", message);
        Assert.Contains("Temperature: expected 1 if BeamWidth is 4, got 0.5. A beam search draws no random symbols.", message);
        Assert.Contains("TopK: expected 0 if BeamWidth is 4, got 3", message);
        Assert.Contains("TopP: expected 1 if BeamWidth is 4, got 0.9", message);
        Assert.Contains("NBest: expected at most BeamWidth (4), got 5", message);
        message = Message(new RnnGenerationOptions { NBest = 2, LengthPenalty = 1 });
        Assert.Contains("NBest: expected 1 if BeamWidth is 0, got 2. Only a beam search ranks sequences.", message);
        Assert.Contains("LengthPenalty: expected 0 if BeamWidth is 0, got 1", message);
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    public void Top_p_is_a_share(float topP) => Assert.Contains("TopP: expected more than 0", Message(new RnnGenerationOptions { TopP = topP }));

    [Fact]
    public void A_missing_list_of_stop_sequences_is_an_error() =>
        Assert.Contains("StopSequences: expected a list, got null", Message(new RnnGenerationOptions { StopSequences = null! }));

    [Fact]
    public void Valid_options_are_accepted()
    {
        new RnnGenerationOptions().Validate("options");
        new RnnGenerationOptions { Temperature = 0, TopK = 5, TopP = 0.9f, RepetitionPenalty = 1.2f, Seed = -1, StopSequences = ["\n"] }.Validate("options");
        new RnnGenerationOptions { BeamWidth = 4, NBest = 4, LengthPenalty = 0.6f, NoRepeatNgramSize = 3, Seed = 1 }.Validate("options");
    }
}
