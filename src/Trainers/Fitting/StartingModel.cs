using MlNetRnn.Columns;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Tasks;


namespace MlNetRnn.Fitting;

/// <summary>A trained model from which training goes on.</summary>
internal static class StartingModel
{
    /// <summary>Its weights by name.</summary>
    public static IReadOnlyDictionary<string, float[]> Weights(RnnModel model) => OnnxWeights.Read(model.Network.Graph);

    /// <summary>The options of a trainer with those of the model in place of what a trained network decides: network, text and frames.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">The task of the trainer.</param>
    /// <param name="wanted">The options of the trainer.</param>
    /// <param name="trained">The options that the model was trained with.</param>
    /// <exception cref="ArgumentException">The model is of another task or another network.</exception>
    public static TOptions Options<TOptions>(RnnTransformer model, string task, TOptions wanted, out TOptions trained) where TOptions : RnnSequenceOptions
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.IsQuantized) throw new ArgumentException("ContinueFrom: expected a model with all of its weights, got a quantised one, whose weights are rounded to 8 bits. Go on from the model that it was made of.", nameof(model));
        string own = model.Model.Spec.Task.Task;
        if (own != task) throw new ArgumentException($"ContinueFrom, task: expected a model of the task {task}, got one of {own}. Use the trainer of that task.", nameof(model));
        trained = OptionsJson.Read<TOptions>(model.Model.Spec.Options);
        RefuseContradiction("Network", wanted.Encoder, trained.Encoder, wanted.DefaultEncoder);
        RefuseContradiction("FrameSize", wanted.FrameSize, trained.FrameSize, 0);
        RefuseContradiction("AdditionalColumns", wanted.AdditionalOf, trained.AdditionalOf, []);
        RefuseContradiction("Text", wanted.Text, trained.Text, wanted.DefaultText);
        return (TOptions)wanted.TakeNetwork(trained);
    }

    /// <summary>Options may be left at their defaults or say what the model is; anything else would be passed over in silence.</summary>
    private static void RefuseContradiction<T>(string name, T wanted, T trained, T defaults) where T : notnull
    {
        // As they lie in a model file: there a default that depends on another option has become a value.
        string text = OptionsJson.Write(wanted).GetRawText();
        if (text == OptionsJson.Write(trained).GetRawText() || text == OptionsJson.Write(defaults).GetRawText()) return;
        throw new ArgumentException($"ContinueFrom, options {name}: expected those of the model or the defaults, got others. The model has {trained}.");
    }

    /// <exception cref="ArgumentException">The model does something else than what is to be learned.</exception>
    public static void RefuseOther(RnnModel model, IReadOnlyList<SequenceInput> inputs, int classes, KeyValues? labels)
    {
        string own = Kinds(model.Inputs), others = Kinds(inputs);
        Refuse(own == others, "kind of input column", own, others);
        string[] strangers = [.. (labels?.Names ?? []).Except(model.Labels?.Names ?? [])];
        Refuse(model.Labels is null || strangers.Length == 0, "classes", string.Join(", ", model.Labels?.Names.Take(20) ?? []), $"{string.Join(", ", strangers.Take(20))} besides");
        Refuse(model.Spec.Task.Classes == classes, "number of classes", $"{model.Spec.Task.Classes}", $"{classes}");
        bool sameNames = (model.Labels?.Names ?? []).SequenceEqual(labels?.Names ?? []);
        Refuse(sameNames, "classes", string.Join(", ", model.Labels?.Names.Take(10) ?? []), string.Join(", ", labels?.Names.Take(10) ?? []));
    }

    private static string Kinds(IEnumerable<SequenceInput> inputs) => string.Join(", ", inputs.Select(input => input.Kind.Name));

    private static void Refuse(bool isSame, string what, string expected, string got)
    {
        if (!isSame) throw new ArgumentException($"ContinueFrom, {what}: expected that of the model, {expected}, got {got}. Pass the data through the transforms that were fitted for the model, or train anew.");
    }
}
