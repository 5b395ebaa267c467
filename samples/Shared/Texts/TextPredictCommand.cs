using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Samples.Texts;

/// <summary>Loads a model and predicts for every line of standard input. It needs the model file only.</summary>
public static class TextPredictCommand
{
    public static int Run(FileInfo file)
    {
        Action? predict = SavedModel.Load(file, Reader);
        return predict is null ? 1 : TrainingRun.Guard("predict", predict);
    }

    /// <summary>Returns the work of a loaded model: it writes a line for each line of standard input.</summary>
    public static Action Reader(MLContext ml, ITransformer model)
    {
        Func<string, string> predict = Predictor(ml, model);
        return () =>
        {
            foreach ((_, string text) in StandardInput.Lines()) Console.WriteLine(predict(text));
        };
    }

    /// <summary>Returns a predictor for the kind of model, which the output columns show.</summary>
    private static Func<string, string> Predictor(MLContext ml, ITransformer model)
    {
        DataViewSchema answer = model.GetOutputSchema(ml.Data.LoadFromEnumerable<TextRow>([]).Schema);
        if (answer.GetColumnOrNull("Probability") is not null)
        {
            var binary = ml.Model.CreatePredictionEngine<TextRow, BinaryAnswer>(model);
            return text => binary.Predict(new TextRow { Text = text }) is var a ? Line(a.Answer, Math.Max(a.Probability, 1 - a.Probability)) : "";
        }
        if (answer["Score"].Type is not VectorDataViewType)
        {
            var number = ml.Model.CreatePredictionEngine<TextRow, NumberAnswer>(model);
            return text => number.Predict(new TextRow { Text = text }).Answer.ToString("F4", CultureInfo.InvariantCulture);
        }
        if (answer[TextTask.Answer].Type is NumberDataViewType)
        {
            var rating = ml.Model.CreatePredictionEngine<TextRow, RatingAnswer>(model);
            return text => rating.Predict(new TextRow { Text = text }) is var a ? Line(a.Answer.ToString(CultureInfo.InvariantCulture), a.Score.Max()) : "";
        }
        var classes = ml.Model.CreatePredictionEngine<TextRow, ClassAnswer>(model);
        return text => classes.Predict(new TextRow { Text = text }) is var a ? Line(a.Answer, a.Score.Max()) : "";
    }

    private static string Line(string label, float probability) => string.Create(CultureInfo.InvariantCulture, $"{OneLine.Of(label)}\t{probability:F4}");

    private sealed class ClassAnswer
    {
        public string Answer { get; set; } = "";

        public float[] Score { get; set; } = [];
    }

    private sealed class RatingAnswer
    {
        public float Answer { get; set; }

        public float[] Score { get; set; } = [];
    }

    private sealed class BinaryAnswer
    {
        public string Answer { get; set; } = "";

        public float Probability { get; set; }
    }

    private sealed class NumberAnswer
    {
        public float Answer { get; set; }
    }
}
