using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>Warnings about tags that do not follow a scheme of spans.</summary>
public class TagSchemeWarningTests : TaggedSentences
{
    [Fact]
    public void Training_data_that_breaks_the_span_rules_causes_a_warning_and_predictions_may_break_them()
    {
        List<string> log = _ml.RecordLog();
        IDataView data = Data("Anna/I-PER went/O", "the/O Oslo/I-LOC", "Anna/I-PER Berg/I-PER", "Oslo/I-LOC Oslo/B-LOC");
        IDataView scored = Fit(Tiny, data).Transform(data);
        Assert.Contains(log, line => line.Contains("breaks the rules of IOB2"));
        Assert.Equal("I-PER O", Tags(scored)[0]);
    }

    /// <summary>The tag also counts in rows that are held out for validation. Two of the six rows are held out.</summary>
    [Fact]
    public void A_stray_tag_causes_a_warning_with_its_count()
    {
        List<string> log = _ml.RecordLog();
        IDataView data = Data(
            "Anna/B-PER went/O", "the/O Oslo/B-LOC", "Anna/B-PER Berg/I-PER", "Oslo/B-LOC by/0", "in/O Oslo/B-LOC", "Berg/B-PER sits/0");
        Fit(Tiny with { Training = Tiny.Training with { ValidationFraction = 0.34f } }, data);
        Assert.Contains(log, line => line.Contains("The tag '0' (2 times in the training and validation data) does not fit the scheme of the other tags"));
    }

    [Fact]
    public void Tags_that_resemble_a_scheme_cause_a_warning()
    {
        List<string> log = _ml.RecordLog();
        Fit(Tiny, Data("Anna/B.PER Berg/I.PER went/O", "the/O Oslo/B.PER"));
        Assert.Contains(log, line => line.Contains("The tags 'B.PER' and 'I.PER' look as if they mark spans"));
    }
}
