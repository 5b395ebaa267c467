using Microsoft.ML;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Loads a model and predicts for standard input, as the sample for such models does. It needs the model file only.</summary>
internal static class PredictCommand
{
    public static int Run(FileInfo file, PredictFormat format)
    {
        Action? predict = SavedModel.Load(file, (ml, model) => Reader(ml, model, format));
        return predict is null ? 1 : TrainingRun.Guard("predict", predict);
    }

    /// <summary>Returns the work of a loaded model. A model of texts reads the column Text, a tagger another column.</summary>
    private static Action Reader(MLContext ml, ITransformer model, PredictFormat format)
    {
        bool readsTags = (model as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().SingleOrDefault() is { } rnn
            && rnn.InputColumnName != nameof(TextRow.Text);
        if (readsTags) return TagPredictCommand.Reader(ml, model, format);
        if (!format.IsConllu) return TextPredictCommand.Reader(ml, model);
        return () => throw new FileException("--format conllu: expected a model of tags, got one of texts. Leave --format out.");
    }
}
