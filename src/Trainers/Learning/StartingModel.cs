using MlNetRnn.Columns;
using MlNetRnn.Model;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Tasks;

namespace MlNetRnn.Learning;

/// <summary>A trained model from which training goes on.</summary>
internal static class StartingModel
{
    /// <summary>Its weights by name.</summary>
    public static IReadOnlyDictionary<string, float[]> Weights(RnnModel model) => OnnxWeights.Read(model.Network.Graph);

    /// <summary>The options that it was trained with.</summary>
    /// <exception cref="ArgumentException">The model is of another task.</exception>
    public static TOptions Options<TOptions>(RnnTransformer model, string task)
    {
        ArgumentNullException.ThrowIfNull(model);
        Refuse(model.Model.Spec.Task.Task == task, "task", model.Model.Spec.Task.Task, task);
        return OptionsJson.Read<TOptions>(model.Model.Spec.Options);
    }

    /// <exception cref="ArgumentException">The model does something else than what is to be learned.</exception>
    public static void RefuseOther(RnnModel model, SequenceReading reading, TaskSpec task, KeyValues? labels)
    {
        Refuse(model.Spec.Reading.Kind == reading.Kind, "kind of input column", model.Spec.Reading.Kind, reading.Kind);
        Refuse(model.Spec.Task.Classes == task.Classes, "number of classes", $"{model.Spec.Task.Classes}", $"{task.Classes}");
        bool sameNames = (model.Labels?.Names ?? []).SequenceEqual(labels?.Names ?? []);
        Refuse(sameNames, "classes", string.Join(", ", model.Labels?.Names.Take(10) ?? []), string.Join(", ", labels?.Names.Take(10) ?? []));
    }

    private static void Refuse(bool isSame, string what, string expected, string got)
    {
        if (!isSame) throw new ArgumentException($"ContinueFrom, {what}: expected that of the model, {expected}, got {got}. Pass the data through the transforms that were fitted for the model, or train anew.");
    }
}
