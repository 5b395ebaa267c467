namespace MlNetRnn.Networks;

internal sealed partial class StepGraph
{
    /// <summary>Goes back over the layers of a network of the last k symbols: linear layers with tanh, the first one over k vectors side by side.</summary>
    private StepNetworkDescription? TraceWindow(string value, LinearDescription? projection, LinearDescription output)
    {
        var layers = new Stack<LinearDescription>();
        while (Producer(value = Source(value)) is { Operator: "Tanh" } activation)
        {
            value = activation.Input(0);
            if (_stepsLeft-- <= 0 || Linear(ref value) is not { } layer) return null;
            layers.Push(layer);
        }
        if (Producer(value) is not { Operator: "Concat" } window || window.Integer("axis", 0) != 2) return null;
        // Step t of slice i is vector t + i of the vectors before the first step, followed by those of the steps.
        OnnxNode?[] slices = [.. window.Inputs.Select(Producer)];
        if (slices.Any(slice => slice is not { Operator: "Slice" } || slice.Input(0) != slices[0]!.Input(0))) return null;
        if (Producer(slices[0]!.Input(0)) is not { Operator: "Concat", Inputs: [_, var steps] } all || all.Integer("axis", 0) != 0) return null;
        if (Table(steps) is not { } table || slices.Length < 2 || layers.Count == 0) return null;
        StepLayerDescription first = OfWindow(layers.Pop(), slices.Length, table.Columns);
        return new StepNetworkDescription(table, [first, .. layers.Select(Plain)], projection, output);
    }

    /// <summary>Returns the first layer, whose weights [H,k·E] begin with those of the oldest vector.</summary>
    private static StepLayerDescription OfWindow(LinearDescription layer, int vectors, int size)
    {
        (int hidden, int columns) = (layer.Weight.Rows, layer.Weight.Columns);
        if (columns != vectors * size)
            throw ProtobufReader.Damaged($"{vectors} vectors of {size} numbers, but a layer with {columns} inputs");
        var byAge = new float[vectors * hidden * size];                                                       // [k·H,E]
        for (int age = 0; age < vectors; age++)
            for (int h = 0; h < hidden; h++)
                layer.Weight.Row(h).Slice((vectors - 1 - age) * size, size).CopyTo(byAge.AsSpan((age * hidden + h) * size));
        var weight = new WeightMatrix(byAge, vectors * hidden, size);
        return new StepLayerDescription(StepCell.Window, StepActivation.Tanh, hidden, weight, null, Padded(layer.Bias, 2 * vectors * hidden));
    }

    private static StepLayerDescription Plain(LinearDescription layer) => new(
        StepCell.FeedForward, StepActivation.Tanh, layer.Weight.Rows, layer.Weight, null, Padded(layer.Bias, 2 * layer.Weight.Rows));

    private static float[] Padded(float[] bias, int length)
    {
        var padded = new float[length];
        bias.CopyTo(padded, 0);
        return padded;
    }
}
