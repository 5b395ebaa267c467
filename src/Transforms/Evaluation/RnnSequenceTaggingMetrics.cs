using System.Text;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>Metrics of a sequence tagger: accuracy of tokens and sentences, F1 of tags and spans, confusions.</summary>
/// <remarks>
/// <para>All fractions are from 0 to 1. A fraction without a denominator is NaN, unless stated otherwise.</para>
/// <para>Tokens without a label are left out of all counts. They are also left out when spans are found, so that the tokens on both sides become adjacent. A
/// token with a label and without a prediction counts as wrong.</para>
/// <para>Spans are found by the rules of <c>conlleval</c> (Tjong Kim Sang and Buchholz, 2000) in tags such as B-PER, I-PER and O (IOB1, IOB2, IOBES, BILOU,
/// BMES, BMEWO; also spelled b-per, B_PER or PER-B), even if the tags break the rules of their scheme. A predicted span is correct if a true span has the same
/// tokens and the same type. There are two differences from <c>conlleval.pl</c>: an E always ends its span, even before a B of the same type, and a tag that
/// does not fit the scheme belongs to no span, whereas <c>conlleval.pl</c> turns such a tag after a span into a span.</para>
/// </remarks>
public sealed class RnnSequenceTaggingMetrics
{
    private const int ShownConfusions = 10;

    internal RnnSequenceTaggingMetrics(TagCounts counts)
    {
        PerTag = counts.PerTag();
        ConfusionMatrix = new RnnTagConfusionMatrix(counts.Pairs());
        RnnTagMetrics tags = Sum(PerTag.Values);
        (Tokens, Sentences, MismatchedSentences, UnknownTokens) = (tags.Support, counts.Sentences, counts.Mismatched, counts.UnknownTokens);
        TokenAccuracy = Share(tags.Correct, Tokens);
        SentenceAccuracy = Share(counts.CorrectSentences, Sentences);
        UnknownTokenAccuracy = Share(counts.CorrectUnknownTokens, UnknownTokens);
        MacroF1 = PerTag.Count == 0 ? double.NaN : PerTag.Values.Average(tag => tag.F1);

        (PerType, SpanPrecision, SpanRecall, SpanF1) = (new Dictionary<string, RnnTagMetrics>(), double.NaN, double.NaN, double.NaN);
        if (counts.Spans() is not { } spans) return;
        RnnTagMetrics all = Sum(spans.PerType.Values);
        (PerType, SpanPrecision, SpanRecall, SpanF1, TagsOutsideScheme) = (spans.PerType, all.Precision, all.Recall, all.F1, spans.Strays);
    }

    /// <summary>The number of tokens with a label.</summary>
    public long Tokens { get; }

    /// <summary>The number of rows with at least one labeled token.</summary>
    public long Sentences { get; }

    /// <summary>The number of rows that were left out of all other counts because they differ in their numbers of labels, predictions and tokens.</summary>
    public long MismatchedSentences { get; }

    /// <summary>The number of tokens whose exact spelling does not occur in the training data; 0 if no training data was passed.</summary>
    public long UnknownTokens { get; }

    /// <summary>The fraction of tokens with a correct tag.</summary>
    public double TokenAccuracy { get; }

    /// <summary>The fraction of sentences in which all tags are correct.</summary>
    public double SentenceAccuracy { get; }

    /// <summary>The fraction of unknown tokens with a correct tag; NaN if there are no unknown tokens or no training data was passed.</summary>
    public double UnknownTokenAccuracy { get; }

    /// <summary>The unweighted mean of F1 over all tags that occur in labels or predictions.</summary>
    public double MacroF1 { get; }

    /// <summary>The fraction of predicted spans that are correct; NaN if the tags do not mark spans, 0 if no span was predicted.</summary>
    public double SpanPrecision { get; }

    /// <summary>The fraction of spans in the labels that were predicted; NaN if the tags do not mark spans, 0 if the labels contain no span.</summary>
    public double SpanRecall { get; }

    /// <summary>The harmonic mean of span precision and span recall, over all types together; NaN if the tags do not mark spans.</summary>
    public double SpanF1 { get; }

    /// <summary>The metrics of each tag that occurs in labels or predictions, by name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, RnnTagMetrics> PerTag { get; }

    /// <summary>
    /// The metrics of each span type, by name (PER for B-PER and I-PER; an empty name for tags without a type), in ordinal order. Empty if the tags do not mark
    /// spans.
    /// </summary>
    public IReadOnlyDictionary<string, RnnTagMetrics> PerType { get; }

    /// <summary>
    /// The tags that do not fit the scheme of the other tags, such as the digit 0 in place of the letter O, with their number of occurrences in labels and
    /// predictions together. They belong to no span. Empty if all tags fit, or if the tags do not mark spans.
    /// </summary>
    public IReadOnlyDictionary<string, long> TagsOutsideScheme { get; } = new Dictionary<string, long>();

    /// <summary>The number of tokens for each pair of a true tag and a predicted tag.</summary>
    public RnnTagConfusionMatrix ConfusionMatrix { get; }

    /// <summary>
    /// Returns all metrics as readable text: overall, by span type, by tag, and the ten most frequent confusions. Independent of the culture.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string name, double value, string of = "") => text.Append($"{name,-18}{MetricsText.Ratio(value)}{of}\n");
        Line("token accuracy", TokenAccuracy, $" of {MetricsText.Count(Tokens)} tokens");
        Line("sentence accuracy", SentenceAccuracy, $" of {MetricsText.Count(Sentences)} sentences");
        if (UnknownTokens > 0) Line("unknown tokens", UnknownTokenAccuracy, $" of {MetricsText.Count(UnknownTokens)} tokens");
        Line("macro F1 of tags", MacroF1);
        if (!double.IsNaN(SpanF1)) Line("F1 of spans", SpanF1, $", precision {MetricsText.Ratio(SpanPrecision)}, recall {MetricsText.Ratio(SpanRecall)}");
        foreach ((string tag, long count) in TagsOutsideScheme)
            text.Append($"the tag '{tag}' ({MetricsText.Count(count)} times) does not fit the scheme of the other tags and belongs to no span\n");
        if (MismatchedSentences > 0)
            text.Append($"left out: {MetricsText.Count(MismatchedSentences)} sentences whose labels and predictions differ in number\n");
        if (PerType.Count > 0) text.Append('\n').Append(MetricsText.Table("span", PerType));
        if (PerTag.Count > 0) text.Append('\n').Append(MetricsText.Table("tag", PerTag));
        if (ConfusionMatrix.Confusions.Count > 0)
        {
            IEnumerable<string[]> rows = ConfusionMatrix.Confusions.Take(ShownConfusions)
                .Select(pair => (string[])[MetricsText.Name(pair.Actual), MetricsText.Name(pair.Predicted), MetricsText.Count(pair.Count)]);
            text.Append('\n').Append(MetricsText.Table(["true tag", "predicted", "tokens"], rows));
        }
        return text.ToString();
    }

    private static RnnTagMetrics Sum(IEnumerable<RnnTagMetrics> parts) => parts.Aggregate(
        new RnnTagMetrics(0, 0, 0),
        (sum, part) => new RnnTagMetrics(sum.Support + part.Support, sum.Predicted + part.Predicted, sum.Correct + part.Correct));

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
