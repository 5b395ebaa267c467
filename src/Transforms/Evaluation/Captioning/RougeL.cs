namespace MlNetRnn.Evaluation;

/// <summary>ROUGE-L (Lin, 2004) as coco-caption computes it: the F-score of the longest common subsequence of a caption and its references.</summary>
internal static class RougeL
{
    /// <summary>How much more recall counts than precision.</summary>
    private const double Beta = 1.2;

    /// <summary>Returns the score of a caption, from 0 to 1. Precision and recall are each those of the best reference.</summary>
    /// <param name="caption">The words of the caption.</param>
    /// <param name="references">The words of each reference, at least one reference with at least one word.</param>
    public static double Score(string[] caption, IReadOnlyList<string[]> references)
    {
        double precision = 0, recall = 0;
        foreach (string[] reference in references)
        {
            int common = CommonSubsequence(caption, reference);
            if (common == 0) continue;
            precision = Math.Max(precision, (double)common / caption.Length);
            recall = Math.Max(recall, (double)common / reference.Length);
        }
        return precision == 0 ? 0 : (1 + Beta * Beta) * precision * recall / (recall + Beta * Beta * precision);
    }

    /// <summary>Returns the length of the longest common subsequence, row by row of the table of all pairs of beginnings.</summary>
    private static int CommonSubsequence(string[] first, string[] second)
    {
        int[] above = new int[second.Length + 1], row = new int[second.Length + 1];
        foreach (string word in first)
        {
            for (int i = 0; i < second.Length; i++) row[i + 1] = word == second[i] ? above[i] + 1 : Math.Max(above[i + 1], row[i]);
            (above, row) = (row, above);
        }
        return above[^1];
    }
}
