namespace MlNetRnn;

/// <summary>What BLEU assumes for orders of n-grams without any match (Chen and Cherry, 2014).</summary>
public enum RnnBleuSmoothing
{
    /// <summary>1/2, 1/4, … of a match, halved for each such order (method 3; <c>smooth:exp</c> of sacrebleu).</summary>
    Exponential,

    /// <summary>0.1 of a match (method 1; <c>smooth:floor</c>).</summary>
    Floor,

    /// <summary>One more match and one more n-gram for orders 2 to 4 (method 2; <c>smooth:add-k</c>).</summary>
    AddOne,

    /// <summary>Nothing: without a match of some order, BLEU is 0 (<c>smooth:none</c>).</summary>
    None,
}
