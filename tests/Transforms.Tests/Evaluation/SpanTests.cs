using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.ML;
using MlNetRnn.Transforms.Tests.Corpora;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>Tests of the span metrics. The expected numbers were computed by hand or by conlleval.pl.</summary>
public sealed class SpanTests : IDisposable
{
    private readonly CorpusFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // A span is correct if tokens and type are the same.
    [InlineData("B-PER I-PER O B-LOC", "B-PER I-PER O B-LOC", 2, 2, 2)]
    [InlineData("B-PER I-PER O B-LOC", "B-PER O O B-LOC", 2, 2, 1)]
    [InlineData("B-PER I-PER O B-LOC", "B-LOC I-LOC O B-LOC", 2, 2, 1)]
    [InlineData("B-PER I-PER O", "O O O", 1, 0, 0)]
    [InlineData("O O O B-X", "B-PER I-PER O O", 1, 1, 0)]
    // I without B begins a span (IOB1), so the tags differ and the spans do not.
    [InlineData("B-PER I-PER O", "I-PER I-PER O", 1, 1, 1)]
    [InlineData("I-NP I-NP B-NP I-NP", "B-NP I-NP B-NP I-NP", 2, 2, 2)]
    [InlineData("I-NP I-NP B-NP I-NP", "I-NP I-NP I-NP I-NP", 2, 1, 0)]
    // Another type inside ends a span and begins one.
    [InlineData("B-PER I-LOC I-LOC", "B-PER B-LOC I-LOC", 2, 2, 2)]
    [InlineData("B-PER I-LOC I-PER", "B-PER I-PER I-PER", 3, 1, 0)]
    // B after B.
    [InlineData("B-PER B-PER", "B-PER I-PER", 2, 1, 0)]
    // Ends of sentences end spans.
    [InlineData("O B-PER / I-PER O", "O B-PER / B-PER O", 2, 2, 2)]
    [InlineData("B-PER / B-PER I-PER", "B-PER / B-PER I-PER", 2, 2, 2)]
    // IOBES and BILOU.
    [InlineData("S-PER O B-LOC I-LOC E-LOC", "S-PER O B-LOC E-LOC O", 2, 2, 1)]
    [InlineData("B-LOC E-LOC B-LOC E-LOC S-LOC S-LOC", "B-LOC E-LOC B-LOC E-LOC S-LOC S-LOC", 4, 4, 4)]
    [InlineData("B-LOC I-LOC E-LOC", "I-LOC I-LOC I-LOC", 1, 1, 1)]
    [InlineData("B-LOC E-LOC O", "E-LOC E-LOC O", 1, 2, 0)]
    [InlineData("U-PER O B-LOC L-LOC", "U-PER O B-LOC I-LOC", 2, 2, 2)]
    // Spans of one step before the first B or I of the data.
    [InlineData("S-PER O / B-LOC E-LOC", "S-PER S-PER / B-LOC E-LOC", 2, 3, 2)]
    // Types that contain the separator, and tags without a type.
    [InlineData("B-NP-SBJ I-NP-SBJ", "B-NP-SBJ I-NP-OBJ", 1, 2, 0)]
    [InlineData("B I O B", "B I I B", 2, 2, 1)]
    public void Counts_spans_as_conlleval_does(string labels, string predictions, long support, long predicted, long correct)
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(labels, predictions);
        Assert.Equal((support, predicted, correct),
            (metrics.PerType.Values.Sum(type => type.Support),
                metrics.PerType.Values.Sum(type => type.Predicted),
                metrics.PerType.Values.Sum(type => type.Correct)));
        double precision = predicted == 0 ? 0 : (double)correct / predicted, recall = (double)correct / support;
        Assert.Equal((precision, recall), (metrics.SpanPrecision, metrics.SpanRecall));
        Assert.Equal(correct == 0 ? 0 : 2 * precision * recall / (precision + recall), metrics.SpanF1, 12);
    }

    [Fact]
    public void Every_type_has_its_own_metrics()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate("B-PER I-PER O B-LOC O B-PER", "B-PER I-PER O B-ORG O B-LOC");
        Assert.Equal(["LOC", "ORG", "PER"], metrics.PerType.Keys);
        Assert.Equal((1.0, 0.5, 2L), (metrics.PerType["PER"].Precision, metrics.PerType["PER"].Recall, metrics.PerType["PER"].Support));
        Assert.Equal(2.0 / 3, metrics.PerType["PER"].F1, 12);
        Assert.Equal(
            (0.0, 0.0, 0.0, 1L),
            (metrics.PerType["LOC"].Precision, metrics.PerType["LOC"].Recall, metrics.PerType["LOC"].F1, metrics.PerType["LOC"].Support));
        Assert.Equal((0L, 1L), (metrics.PerType["ORG"].Support, metrics.PerType["ORG"].Predicted));
        Assert.Equal("", Assert.Single(Evaluate("B I O", "B I O").PerType.Keys));
    }

    [Theory]
    [InlineData("NOUN VERB", "NOUN NOUN")]
    [InlineData("B-PER", "X")]
    [InlineData("O O", "O O")]
    public void Tags_without_spans_have_no_span_metrics(string labels, string predictions)
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(labels, predictions);
        Assert.Equal((double.NaN, double.NaN, double.NaN), (metrics.SpanPrecision, metrics.SpanRecall, metrics.SpanF1));
        Assert.Empty(metrics.PerType);
        Assert.DoesNotContain("span", metrics.ToString());
    }

    [Fact]
    public void A_tag_outside_the_scheme_is_counted_and_belongs_to_no_span()
    {
        RnnSequenceTaggingMetrics with = Evaluate("B-PER I-PER 0 B-LOC / 0 O", "B-PER I-PER O B-LOC / O 0");
        RnnSequenceTaggingMetrics without = Evaluate("B-PER I-PER O B-LOC / O O", "B-PER I-PER O B-LOC / O O");
        Assert.Equal((without.SpanPrecision, without.SpanRecall, without.SpanF1), (with.SpanPrecision, with.SpanRecall, with.SpanF1));
        Assert.Equal(new Dictionary<string, long> { ["0"] = 3 }, with.TagsOutsideScheme);
        Assert.Contains("the tag '0' (3 times) does not fit the scheme", with.ToString());
        Assert.Empty(without.TagsOutsideScheme);
    }

    [Fact]
    public void Tokens_on_both_sides_of_a_token_without_a_label_are_adjacent()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate("B-PER - I-PER O", "B-PER B-LOC I-PER O");
        Assert.Equal((1L, 1L, 1L), (metrics.PerType["PER"].Support, metrics.PerType["PER"].Predicted, metrics.PerType["PER"].Correct));
        Assert.Single(metrics.PerType);
        Assert.Equal(1, metrics.SpanF1);
    }

    [Fact]
    public void A_missing_prediction_is_outside_of_spans() =>
        Assert.Equal((0.5, 1.0), (Evaluate("B-PER O B-PER", "B-PER O -").SpanRecall, Evaluate("B-PER O B-PER", "B-PER O -").SpanPrecision));

    // conlleval.pl of 2004-01-26 prints for these tags: processed 16 tokens with 8 phrases; found: 9 phrases; correct: 4.
    // accuracy: 62.50%; precision: 44.44%; recall: 50.00%; FB1: 47.06. NP: precision: 20.00%; recall: 25.00%; FB1: 22.22 5.
    [Fact]
    public void The_numbers_are_those_that_conlleval_prints()
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(
            "B-NP I-NP B-VP O I-NP B-NP / I-PP B-NP I-NP I-NP O / O I-VP I-VP B-VP O",
            "B-NP I-NP I-VP O I-NP I-NP / B-PP B-NP I-NP B-NP O / O B-VP I-NP B-VP O");
        RnnTagMetrics phrases = metrics.PerType["NP"];
        Assert.Equal("62.50 44.44 50.00 47.06",
            FormattableString.Invariant(
                $"{100 * metrics.TokenAccuracy:F2} {100 * metrics.SpanPrecision:F2} {100 * metrics.SpanRecall:F2} {100 * metrics.SpanF1:F2}"));
        Assert.Equal(
            "20.00 25.00 22.22 5",
            FormattableString.Invariant($"{100 * phrases.Precision:F2} {100 * phrases.Recall:F2} {100 * phrases.F1:F2} {phrases.Predicted}"));
    }

    /// <summary>An independent count by splitting, for sequences that follow the rules of IOB2.</summary>
    [Property(MaxTest = 200)]
    public Property In_sequences_that_follow_the_rules_a_B_and_the_Is_after_it_are_a_span() => Prop.ForAll(Sequences(), pair =>
    {
        RnnSequenceTaggingMetrics metrics = Evaluate(string.Join(' ', pair.Label) + " / B-A", string.Join(' ', pair.Predicted) + " / B-A");
        HashSet<(int, int, string)> labels = Cut(pair.Label), predictions = Cut(pair.Predicted);
        RnnTagMetrics all = new(
            metrics.PerType.Values.Sum(t => t.Support), metrics.PerType.Values.Sum(t => t.Predicted), metrics.PerType.Values.Sum(t => t.Correct));
        return all.Support == labels.Count + 1 && all.Predicted == predictions.Count + 1 && all.Correct == labels.Intersect(predictions).Count() + 1;
    });

    private static HashSet<(int, int, string)> Cut(string[] tags)
    {
        var spans = new HashSet<(int, int, string)>();
        for (int start = 0; start < tags.Length; start++)
            if (tags[start][0] == 'B') spans.Add((start, tags.Skip(start + 1).TakeWhile(tag => tag[0] == 'I').Count(), tags[start][2..]));
        return spans;
    }

    /// <summary>Two sequences of the same length that follow the rules of IOB2: O, or spans of types A and B.</summary>
    private static Arbitrary<(string[] Label, string[] Predicted)> Sequences()
    {
        Gen<string[]> Tags(int length) => Gen.Choose(0, 4).ArrayOf(length).Select(numbers =>
        {
            var tags = new string[length];
            for (int t = 0; t < length; t++)
                tags[t] = numbers[t] < 2 ? $"B-{"AB"[numbers[t]]}" : numbers[t] < 4 && t > 0 && tags[t - 1] != "O" ? $"I-{tags[t - 1][2..]}" : "O";
            return tags;
        });
        return Arb.From(from length in Gen.Choose(1, 12) from label in Tags(length) from predicted in Tags(length) select (label, predicted));
    }

    private RnnSequenceTaggingMetrics Evaluate(string labels, string predictions) =>
        _folder.ML.MulticlassClassification.EvaluateSequenceTagging(_folder.Data(("Label", Rows(labels)), ("PredictedLabel", Rows(predictions))));

    /// <summary>Tags are separated by blanks, sentences by slashes; a dash is a missing tag.</summary>
    private static string[][] Rows(string text) => [.. text.Split(" / ").Select(row => row.Split(' ').Select(tag => tag == "-" ? "" : tag).ToArray())];
}
