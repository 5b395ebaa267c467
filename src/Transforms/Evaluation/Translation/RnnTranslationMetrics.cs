using System.Globalization;
using MlNetRnn.Evaluation;

namespace MlNetRnn;

/// <summary>Metrics of translations, or of any texts that have references.</summary>
public sealed class RnnTranslationMetrics
{
    internal RnnTranslationMetrics(TranslationCounts counts, RnnTranslationEvaluationOptions options)
    {
        string references = counts.References;
        (Rows, Bleu, ChrF) = (counts.Rows, new RnnBleu(counts.Bleu, options, references), counts.ChrF.Score);
        ChrFSignature = $"nrefs:{references}|case:{(options.LowerCase ? "lc" : "mixed")}|eff:yes|nc:{ChrFCounts.Orders}|nw:0|space:no";
        TokenAccuracy = counts.Tokens == 0 ? double.NaN : (double)counts.EqualTokens / counts.Tokens;
        ExactMatch = counts.Rows == 0 ? double.NaN : (double)counts.EqualRows / counts.Rows;
    }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>BLEU of the corpus.</summary>
    public RnnBleu Bleu { get; }

    /// <summary>chrF2 of the corpus (Popović, 2015), from 0 to 100: the F-score of the n-grams of 1 to 6 characters, with recall weighted twice.</summary>
    public double ChrF { get; }

    /// <summary>How <see cref="ChrF"/> was computed, in the form of sacrebleu.</summary>
    public string ChrFSignature { get; }

    /// <summary>
    /// The share of positions at which translation and reference have the same token, from 0 to 1, counting the longer one; of several references, of the one
    /// with the highest share. NaN without tokens.
    /// </summary>
    public double TokenAccuracy { get; }

    /// <summary>The share of rows whose tokens are those of a reference, from 0 to 1; NaN without rows.</summary>
    public double ExactMatch { get; }

    /// <summary>The number of tokens of the translations ÷ that of the references.</summary>
    public double LengthRatio => Bleu.LengthRatio;

    /// <summary>Returns all metrics with the signatures of BLEU and chrF. Independent of the culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Bleu}\n{Bleu.Signature}\nchrF2 = {ChrF:F2}\n{ChrFSignature}\n"
        + $"token accuracy {TokenAccuracy:F4}, exact match {ExactMatch:F4}, length ratio {LengthRatio:F3}, {Rows} rows\n");
}
