using System.Text;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>How well the tokens of sequences are tagged. All shares are from 0 to 1; NaN where there is nothing to take a share of.</summary>
/// <remarks>
/// <para>Tokens without a label are left out of every count, of the spans too: what stands on both sides of one is then next to each other. A token with a
/// label and without a prediction is wrong.</para>
/// <para>Spans are found as in <c>conlleval</c> (Tjong Kim Sang and Buchholz, 2000), in tags such as B-PER, I-PER and O (IOB1, IOB2, IOBES, BILOU, BMES, BMEWO; also
/// b-per, B_PER or PER-B), also where they break the rules of their scheme. A predicted span is right where tokens and type are the same. Two things differ: an E ends its
/// span also where a B of the same type follows, and a tag that is not of the scheme belongs to no span, while <c>conlleval.pl</c> makes it one if it follows a span.</para>
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

    /// <summary>The tokens that have a label.</summary>
    public long Tokens { get; }

    /// <summary>The rows that have at least one such token.</summary>
    public long Sentences { get; }

    /// <summary>Rows that were left out because labels, predictions and tokens are not of the same number; nothing else counts them.</summary>
    public long MismatchedSentences { get; }

    /// <summary>The tokens that do not occur in the training data, in their exact spelling; 0 where no training data was given.</summary>
    public long UnknownTokens { get; }

    /// <summary>The share of the tokens whose tag is right.</summary>
    public double TokenAccuracy { get; }

    /// <summary>The share of the sentences all of whose tags are right.</summary>
    public double SentenceAccuracy { get; }

    /// <summary>The share of the unknown tokens whose tag is right; NaN where there are none or no training data was given.</summary>
    public double UnknownTokenAccuracy { get; }

    /// <summary>The mean of F1 over all tags that occur in labels or predictions, each of the same weight.</summary>
    public double MacroF1 { get; }

    /// <summary>The share of the predicted spans that is right; NaN where the tags mark no spans, 0 where none was predicted.</summary>
    public double SpanPrecision { get; }

    /// <summary>The share of the spans in the labels that was found; NaN where the tags mark no spans, 0 where the labels hold none.</summary>
    public double SpanRecall { get; }

    /// <summary>The harmonic mean of precision and recall of spans, over all types together; NaN where the tags mark no spans.</summary>
    public double SpanF1 { get; }

    /// <summary>The metrics of each tag that occurs in labels or predictions, by its name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, RnnTagMetrics> PerTag { get; }

    /// <summary>
    /// The metrics of each type of span, by its name (PER for B-PER and I-PER; empty for B and I alone), in ordinal order; empty where the tags mark
    /// no spans.
    /// </summary>
    public IReadOnlyDictionary<string, RnnTagMetrics> PerType { get; }

    /// <summary>
    /// The tags that are not of the scheme of the others, such as a digit 0 in place of the letter O, and how often each occurs in labels and predictions together. They
    /// belong to no span. Empty where there are none, or where the tags mark no spans.
    /// </summary>
    public IReadOnlyDictionary<string, long> TagsOutsideScheme { get; } = new Dictionary<string, long>();

    /// <summary>How often each tag was predicted for each tag in the labels.</summary>
    public RnnTagConfusionMatrix ConfusionMatrix { get; }

    /// <summary>All of it in lines for people: overall, by type of span, by tag, and the ten most frequent confusions. The same in every culture.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string name, double value, string of = "") => text.Append($"{name,-18}{MetricsText.Ratio(value)}{of}\n");
        Line("token accuracy", TokenAccuracy, $" of {MetricsText.Count(Tokens)} tokens");
        Line("sentence accuracy", SentenceAccuracy, $" of {MetricsText.Count(Sentences)} sentences");
        if (UnknownTokens > 0) Line("unknown tokens", UnknownTokenAccuracy, $" of {MetricsText.Count(UnknownTokens)} tokens");
        Line("macro F1 of tags", MacroF1);
        if (!double.IsNaN(SpanF1)) Line("F1 of spans", SpanF1, $", precision {MetricsText.Ratio(SpanPrecision)}, recall {MetricsText.Ratio(SpanRecall)}");
        foreach ((string tag, long count) in TagsOutsideScheme) text.Append($"the tag '{tag}' ({MetricsText.Count(count)} times) is not of the scheme of the others and belongs to no span\n");
        if (MismatchedSentences > 0) text.Append($"left out: {MetricsText.Count(MismatchedSentences)} sentences whose labels and predictions differ in number\n");
        if (PerType.Count > 0) text.Append('\n').Append(MetricsText.Table("span", PerType));
        if (PerTag.Count > 0) text.Append('\n').Append(MetricsText.Table("tag", PerTag));
        if (ConfusionMatrix.Confusions.Count > 0)
            text.Append('\n').Append(MetricsText.Table(["true tag", "predicted", "tokens"], ConfusionMatrix.Confusions.Take(ShownConfusions)
                .Select(pair => (string[])[MetricsText.Name(pair.Actual), MetricsText.Name(pair.Predicted), MetricsText.Count(pair.Count)])));
        return text.ToString();
    }

    private static RnnTagMetrics Sum(IEnumerable<RnnTagMetrics> parts) =>
        parts.Aggregate(new RnnTagMetrics(0, 0, 0), (sum, part) => new RnnTagMetrics(sum.Support + part.Support, sum.Predicted + part.Predicted, sum.Correct + part.Correct));

    private static double Share(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;
}
