namespace MlNetRnn;

/// <summary>How texts are divided into tokens before BLEU counts them.</summary>
public enum RnnBleuTokenization
{
    /// <summary>The rules of WMT's mteval-v13a (<c>tok:13a</c> of sacrebleu): punctuation is separated, except within numbers.</summary>
    Wmt13a,

    /// <summary>Only white space divides the text (<c>tok:none</c>): for texts that are already tokenized.</summary>
    None,
}
