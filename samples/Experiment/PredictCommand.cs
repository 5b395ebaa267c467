using Microsoft.ML;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Loads a model and answers standard input as the sample does that learns such models. Nothing here knows how this one was found.</summary>
internal static class PredictCommand
{
    public static int Run(FileInfo file)
    {
        Action? predict = SavedModel.Load(file, Reader);
        return predict is null ? 1 : TrainingRun.Guard("predict", predict);
    }

    /// <summary>A model of texts reads the column Text; one of tags reads another.</summary>
    private static Action Reader(MLContext ml, ITransformer model) =>
        (model as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().SingleOrDefault() is { } rnn && rnn.InputColumnName != nameof(TextClassification.TextToScore.Text)
            ? SequenceTagging.PredictCommand.Reader(ml, model)
            : TextClassification.PredictCommand.Reader(ml, model);
}
