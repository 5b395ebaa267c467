using MlNetRnn.Columns;
using MlNetRnn.Labels;
using MlNetRnn.Model;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using MlNetRnn.Options;
using MlNetRnn.Tasks;

namespace MlNetRnn.Fitting;

/// <summary>The model that training continues from.</summary>
internal static class StartingModel
{
    private const int Named = 20;

    /// <summary>Returns the weights of the model by name.</summary>
    public static IReadOnlyDictionary<string, float[]> Weights(RnnModel model) => OnnxWeights.Read(model.Network.Graph);

    /// <summary>Returns the options of a trainer, with the network, text and frame options of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">The task of the trainer.</param>
    /// <param name="wanted">The options of the trainer.</param>
    /// <param name="trained">The options that the model was trained with.</param>
    /// <exception cref="ArgumentException">The model has another task or another network, or is quantized.</exception>
    public static TOptions Options<TOptions>(RnnTransformer model, string task, TOptions wanted, out TOptions trained) where TOptions : RnnSequenceOptions
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.IsQuantized)
            throw new ArgumentException(
                "ContinueFrom: expected a model with 32-bit weights, got a quantized one. Continue from the model that it was quantized from.", nameof(model));
        string own = model.Model.Spec.Task.Task;
        if (own != task)
            throw new ArgumentException(
                $"ContinueFrom, task: expected a model of the task {task}, got one of {own}. Use the trainer of that task.", nameof(model));
        var saved = OptionsJson.Read<TOptions>(model.Model.Spec.Options);
        trained = (TOptions)saved.WithoutLaterParts(model.Model.Spec.Options);
        static string Rows(RnnSequenceOptions options) => options.Grid is null ? "sequences" : "grids";
        if (Rows(wanted) != Rows(trained))
            throw new ArgumentException(
                $"ContinueFrom: expected a model of {Rows(wanted)}, got one of {Rows(trained)}. Use the trainer that trained it.", nameof(model));
        // The options that an older model was trained with now stand for a network with later parts as well.
        bool isRepeated = OptionsJson.Write(wanted.Encoder).GetRawText() == OptionsJson.Write(saved.Encoder).GetRawText();
        RefuseContradiction("Network", wanted.Encoder, isRepeated ? saved.Encoder : trained.Encoder, wanted.DefaultEncoder);
        RefuseContradiction(wanted.Grid is null ? "FrameSize" : "Channels", wanted.FrameSize, trained.FrameSize, 0);
        RefuseContradiction("AdditionalColumns", wanted.AdditionalOf, trained.AdditionalOf, []);
        RefuseContradiction("Text", wanted.Text, trained.Text, wanted.DefaultText);
        return (TOptions)wanted.TakeNetwork(trained);
    }

    /// <summary>Refuses options that differ from those of the model and from the defaults: they would have no effect.</summary>
    public static void RefuseContradiction<T>(string name, T wanted, T trained, T defaults) where T : notnull
    {
        // Compared as in a model file, where a default that depends on another option is a value.
        string text = OptionsJson.Write(wanted).GetRawText(), own = OptionsJson.Write(trained).GetRawText();
        if (text == own || text == OptionsJson.Write(defaults).GetRawText()) return;
        throw new ArgumentException($"ContinueFrom, options {name}: expected those of the model or the defaults, got {text}. The model has {own}.");
    }

    /// <summary>Refuses training data that does not fit the model.</summary>
    /// <exception cref="ArgumentException">The kinds of the input columns or the classes differ from those of the model.</exception>
    public static void RefuseOther(RnnModel model, IReadOnlyList<SequenceInput> inputs, BoundLabel label)
    {
        string expectedKinds = Kinds(model.Inputs), kinds = Kinds(inputs);
        if (kinds != expectedKinds) throw Refusal($"kind of input column: expected that of the model, {expectedKinds}, got {kinds}");
        IReadOnlyList<string> known = model.Labels?.Names ?? [], names = label.Values?.Names ?? [];
        string[] unseen = [.. names.Except(known)];
        if (model.Labels is not null && unseen.Length > 0)
            throw Refusal($"classes: the training data has classes that the model was not trained on: {List(unseen)}. The model's classes are {List(known)}");
        int classes = model.Spec.Task.Classes;
        if (classes != label.Classes) throw Refusal($"number of classes: expected that of the model, {classes}, got {label.Classes}");
        if (!label.HasNames(model.Labels)) throw Refusal($"classes: expected those of the model in the same order, {List(known)}, got {List(names)}");
    }

    private static string Kinds(IEnumerable<SequenceInput> inputs) => string.Join(", ", inputs.Select(input => input.Kind.Name));

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Take(Named)) + (names.Count > Named ? " …" : "");

    private static ArgumentException Refusal(string fault) =>
        new($"ContinueFrom, {fault}. Pass the data through the transforms that were fitted for the model, or train a new model.");
}
