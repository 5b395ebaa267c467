using System.Globalization;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>BLEU (Papineni et al., 2002) of a corpus, as sacrebleu computes it (Post, 2018). Immutable.</summary>
public sealed class RnnBleu
{
    internal RnnBleu(BleuCounts counts, RnnTranslationEvaluationOptions options, string references)
    {
        (Length, ReferenceLength) = (counts.Length, counts.ReferenceLength);
        BrevityPenalty = counts.BrevityPenalty;
        Precisions = PrecisionsOf(counts, options.Smoothing);
        Score = counts.Matches.Any(matches => matches > 0) && Precisions.All(precision => precision > 0)
            ? BrevityPenalty * Math.Exp(Precisions.Average(Math.Log))
            : 0;
        string tokenization = options.Tokenization == RnnBleuTokenization.Wmt13a ? "13a" : "none";
        string smoothing = options.Smoothing switch
        {
            RnnBleuSmoothing.Exponential => "exp",
            RnnBleuSmoothing.Floor => "floor[0.10]",
            RnnBleuSmoothing.AddOne => "add-k[1.00]",
            _ => "none",
        };
        string version = typeof(RnnBleu).Assembly.GetName().Version!.ToString(3);
        Signature = $"nrefs:{references}|case:{(options.LowerCase ? "lc" : "mixed")}|eff:no|tok:{tokenization}|smooth:{smoothing}|version:MlNetRnn-{version}";
    }

    /// <summary>BLEU, from 0 to 100: the geometric mean of <see cref="Precisions"/> times <see cref="BrevityPenalty"/>.</summary>
    public double Score { get; }

    /// <summary>The precisions of the n-grams of order 1 to 4, from 0 to 100, after smoothing.</summary>
    public IReadOnlyList<double> Precisions { get; }

    /// <summary>The factor for translations that are shorter than the references: exp(1 − reference length ÷ length), at most 1.</summary>
    public double BrevityPenalty { get; }

    /// <summary>The number of tokens of the translations.</summary>
    public long Length { get; }

    /// <summary>The number of tokens of the references; of several, of the one whose length is closest.</summary>
    public long ReferenceLength { get; }

    /// <summary><see cref="Length"/> ÷ <see cref="ReferenceLength"/>; 0 without reference tokens.</summary>
    public double LengthRatio => ReferenceLength == 0 ? 0 : (double)Length / ReferenceLength;

    /// <summary>How the score was computed, in the form of sacrebleu, to print beside it.</summary>
    public string Signature { get; }

    /// <summary>Returns the score and its parts in the form of sacrebleu. Independent of the culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"BLEU = {Score:F2} {string.Join('/', Precisions.Select(precision => precision.ToString("F1", CultureInfo.InvariantCulture)))} "
        + $"(BP = {BrevityPenalty:F3} ratio = {LengthRatio:F3} hyp_len = {Length} ref_len = {ReferenceLength})");

    private static double[] PrecisionsOf(BleuCounts counts, RnnBleuSmoothing smoothing)
    {
        var precisions = new double[BleuCounts.Orders];
        if (counts.Matches.All(matches => matches == 0)) return precisions;
        double divisor = 1;
        for (int i = 0; i < precisions.Length; i++)
        {
            int added = smoothing == RnnBleuSmoothing.AddOne && i > 0 ? 1 : 0;
            double matches = counts.Matches[i] + added, total = counts.Totals[i] + added;
            if (total == 0) break;
            if (matches == 0) matches = smoothing switch { RnnBleuSmoothing.Exponential => 1 / (divisor *= 2), RnnBleuSmoothing.Floor => 0.1, _ => 0 };
            precisions[i] = 100 * matches / total;
        }
        return precisions;
    }
}
