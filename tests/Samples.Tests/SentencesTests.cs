namespace MlNetRnn.Samples.Tests;

/// <summary>The tagged sentences that come with the samples keep their own rules.</summary>
public sealed class SentencesTests
{
    private static readonly string[] PartsOfSpeech =
        ["ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"];

    private static readonly string[] Entities = ["DATE", "LOC", "ORG", "PER"];

    [Theory]
    [InlineData("sentences.conll", 250)]
    [InlineData("sentences-test.conll", 100)]
    public void Every_line_is_a_token_with_a_part_of_speech_and_an_entity_in_IOB2(string file, int least)
    {
        int sentences = 0;
        string before = "";
        IEnumerable<string> lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Append("");
        foreach ((string line, int number) in lines.Select((line, i) => (line, i + 1)))
        {
            if (line.Length == 0)
            {
                if (before.Length > 0) sentences++;
                before = "";
                continue;
            }
            string[] columns = line.Split('\t');
            Assert.True(
                columns.Length == 3 && columns.All(column => column.Length > 0 && !column.Any(char.IsWhiteSpace)),
                $"{file}, line {number}: expected three columns, got '{line}'");
            Assert.True(PartsOfSpeech.Contains(columns[1]), $"{file}, line {number}: expected a universal part of speech, got '{columns[1]}'");
            string entity = columns[2];
            bool isTag = entity == "O" || (entity.Length > 2 && entity[..2] is "B-" or "I-" && Entities.Contains(entity[2..]));
            Assert.True(isTag, $"{file}, line {number}: expected O or B- or I- with {string.Join(", ", Entities)}, got '{entity}'");
            if (entity[0] == 'I')
                Assert.True(
                    before.Length > 2 && before[2..] == entity[2..],
                    $"{file}, line {number}: expected '{entity}' after B- or I- of the same type, got it after '{before}'");
            before = entity;
        }
        Assert.True(sentences >= least, $"{file}: expected at least {least} sentences, got {sentences}");
    }
}
