using System.CommandLine;
using MlNetRnn.Samples.TextClassification;

namespace MlNetRnn.Samples.Tests;

/// <summary>Texts of the user in lines of output, and errors of the command line in words.</summary>
public class OneLineTests
{
    [Theory]
    [InlineData("billing", "billing")]
    [InlineData("AC\\DC", "AC\\DC")]
    [InlineData("line one\nline two", "line one\\nline two")]
    [InlineData("a\\b\tc\r\n", "a\\\\b\\tc\\r\\n")]
    public void A_label_is_one_line(string text, string expected) => Assert.Equal(expected, OneLine.Of(text));

    [Fact]
    public void Counts_name_the_most_frequent_first()
    {
        Assert.Equal("b 3, a 2, c 2", OneLine.Counts(new Dictionary<string, int> { ["c"] = 2, ["a"] = 2, ["b"] = 3 }));
        Assert.Equal("v0 20, v1 19, … (20 in all)", OneLine.Counts(Enumerable.Range(0, 20).ToDictionary(i => $"v{i}", i => 20 - i), most: 2));
        Assert.Equal("a, b, …", OneLine.First(["a", "b", "c"], 2));
        Assert.Equal("1 row, 2 rows", $"{OneLine.Count(1, "rows")}, {OneLine.Count(2, "rows")}");
    }

    [Theory]
    [InlineData("--train a --layers x", "--layers: expected a whole number, got 'x'.")]
    [InlineData("--train a --epochs 2.5 --seed 1e3", "--epochs: expected a whole number, got '2.5'. --seed: expected a whole number, got '1e3'.")]
    public void Errors_of_the_command_line_are_in_words(string line, string expected) =>
        Assert.Equal(expected, ParseErrors.InOneLine(new TrainSettings().Command(_ => 0).Parse(line)));

    [Theory]
    [InlineData("--train a b", 2)]
    [InlineData("--train a --train b --train c", 3)]
    public void Several_files_may_be_given(string line, int expected)
    {
        var settings = new TrainSettings();
        ParseResult result = settings.Command(_ => 0).Parse(line);
        Assert.Empty(result.Errors);
        Assert.Equal(expected, InputFiles.Of(result, settings.Train).Length);
        Assert.Empty(InputFiles.Of(result, settings.Test));
    }

    [Theory]
    [InlineData(0.5, "0.5000")]
    [InlineData(double.NaN, "n/a")]
    public void A_number_that_is_not_defined_is_printed_as_not_available(double value, string expected) =>
        Assert.Equal(expected, TrainingRun.Number(value, "F4"));
}
