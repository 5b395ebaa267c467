using Microsoft.ML;
using MlNetRnn.Samples.Tags;
using MlNetRnn.Samples.Texts;

namespace MlNetRnn.Samples.Experiment;

/// <summary>Loads a model and answers standard input as the sample does that trains such models. The model file is all it needs.</summary>
internal static class PredictCommand
{
    public static int Run(FileInfo file, PredictFormat format)
    {
        Action? predict = SavedModel.Load(file, (ml, model) => Reader(ml, model, format));
        return predict is null ? 1 : TrainingRun.Guard("predict", predict);
    }

    /// <summary>A model of texts reads the column Text; one of tags reads another.</summary>
    private static Action Reader(MLContext ml, ITransformer model, PredictFormat format)
    {
        bool readsTags = (model as IEnumerable<ITransformer>)?.OfType<RnnTransformer>().SingleOrDefault() is { } rnn && rnn.InputColumnName != nameof(TextRow.Text);
        if (readsTags) return TagPredictCommand.Reader(ml, model, format);
        if (!format.IsConllu) return TextPredictCommand.Reader(ml, model);
        return () => throw new FileException("--format conllu: expected a model of tags, got one of texts. Leave --format out.");
    }
}
