using System.ComponentModel.DataAnnotations;

namespace MlNetRnn.Samples.Serving;

/// <summary>A request to classify texts, optionally with "explain": true.</summary>
public sealed class ClassifyRequest : TextsRequest
{
    /// <summary>The maximum number of words of a text to explain: the text is scored once for each word.</summary>
    private const int MaxWords = 100;

    /// <summary>The maximum number of words of all texts of a request to explain.</summary>
    private const int MaxWordsInAll = 1000;

    /// <summary>Whether the importance of each word is requested.</summary>
    public bool Explain { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        ValidationResult[] errors = [.. base.Validate(validationContext)];
        return errors.Length > 0 || !Explain ? errors : TooManyWords([.. All.Select(text => new LeaveOneOut(text).Words.Count)]);
    }

    private IEnumerable<ValidationResult> TooManyWords(int[] words)
    {
        foreach ((int text, int count) in words.Index().Where(text => text.Item > MaxWords))
            yield return new ValidationResult($"expected at most {MaxWords} words in a text to explain, got {count}", [NameOf(text)]);
        if (words.Sum() > MaxWordsInAll)
            yield return new ValidationResult($"expected at most {MaxWordsInAll} words in all texts to explain, got {words.Sum()}", ["texts"]);
    }
}
