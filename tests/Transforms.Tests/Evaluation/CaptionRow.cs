using Microsoft.ML;

namespace MlNetRnn.Transforms.Tests.Evaluation;

/// <summary>A row of captions with all its references.</summary>
public sealed class CaptionRow
{
    public string Caption { get; set; } = "";

    public string[] References { get; set; } = [];

    /// <summary>Evaluates captions, each with its references.</summary>
    public static RnnCaptioningMetrics Evaluate(params (string Caption, string[] References)[] images) => Evaluate(images, null);

    /// <inheritdoc cref="Evaluate(ValueTuple{string, string[]}[])"/>
    public static RnnCaptioningMetrics Evaluate(IEnumerable<(string Caption, string[] References)> images, RnnCaptioningEvaluationOptions? options)
    {
        var ml = new MLContext(1);
        IDataView data = ml.Data.LoadFromEnumerable(images.Select(image => new CaptionRow { Caption = image.Caption, References = image.References }));
        return ml.Rnn().EvaluateCaptioning(data, options: options);
    }
}
