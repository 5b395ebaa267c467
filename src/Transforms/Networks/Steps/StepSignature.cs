using Microsoft.ML.OnnxRuntime;

namespace MlNetRnn.Networks;

/// <summary>The inputs of a graph that runs step by step.</summary>
/// <param name="States">The names of the states: of each layer the hidden state, and the memory if it has one.</param>
/// <param name="Sizes">The size of each state.</param>
/// <param name="HasLengths">Whether the graph has the input <see cref="NetworkSignature.Lengths"/>.</param>
/// <param name="HasTargets">Whether the graph has the input <see cref="NetworkSignature.Targets"/>.</param>
internal sealed record StepSignature(IReadOnlyList<string> States, IReadOnlyList<int> Sizes, bool HasLengths, bool HasTargets)
{
    /// <exception cref="FormatException">The graph lacks an input or an output.</exception>
    public static StepSignature Of(InferenceSession session)
    {
        IReadOnlyDictionary<string, NodeMetadata> inputs = session.InputMetadata;
        var states = new List<string>();
        for (int layer = 0; inputs.ContainsKey(NetworkSignature.Hidden(layer)); layer++)
        {
            states.Add(NetworkSignature.Hidden(layer));
            if (inputs.ContainsKey(NetworkSignature.Memory(layer))) states.Add(NetworkSignature.Memory(layer));
        }
        string[] known = [NetworkSignature.Tokens, NetworkSignature.Lengths, NetworkSignature.Targets, .. states];
        if (!inputs.ContainsKey(NetworkSignature.Tokens) || inputs.Keys.Except(known).Any())
            throw Refusal("inputs", known, inputs.Keys);
        string[] outputs = [NetworkSignature.Logits, .. states.Select(NetworkSignature.Next)];
        if (outputs.Except(session.OutputMetadata.Keys).Any()) throw Refusal("outputs", outputs, session.OutputMetadata.Keys);
        foreach (string state in states)
            if (inputs[state].Dimensions is not [1, _, > 0])
                throw Refusal($"dimensions of '{state}'", ["1", "batch", "size"], inputs[state].Dimensions.Select(dimension => $"{dimension}"));
        return new StepSignature(
            states, [.. states.Select(state => inputs[state].Dimensions[2])], inputs.ContainsKey(NetworkSignature.Lengths),
            inputs.ContainsKey(NetworkSignature.Targets));
    }

    private static FormatException Refusal(string what, IEnumerable<string> expected, IEnumerable<string> got) =>
        new($"Network graph: expected the {what} {string.Join(", ", expected)}, got {string.Join(", ", got)}. The graph is not one of a language model.");
}
