namespace MlNetRnn.Networks;

/// <summary>Finds the parts of a decoder in the graph of a step, by the names of its weights and the recurrent operators in their order.</summary>
internal sealed class DecoderGraph
{
    private readonly Dictionary<string, OnnxTensor> _weights;
    private readonly OnnxContents _contents;
    private readonly string _scope;

    private DecoderGraph(OnnxContents contents)
    {
        (_contents, _weights) = (contents, new Dictionary<string, OnnxTensor>(contents.Weights));
        string? bias = contents.Weights.Keys.FirstOrDefault(name => name.EndsWith('.' + DecoderWeightNames.OutputBias, StringComparison.Ordinal));
        _scope = bias is null ? "" : bias[..^DecoderWeightNames.OutputBias.Length];
        foreach (OnnxNode node in contents.Nodes)
            if (node.Operator == "Concat" && node.Outputs is [var joined] && Join(node) is { } tensor) _weights[joined] = tensor;
    }

    /// <summary>Returns the decoder; null if it has parts that only ONNX Runtime supports, for example 8-bit weights.</summary>
    /// <exception cref="FormatException">The parts do not fit, or the graph is damaged.</exception>
    public static DecoderDescription? Find(OnnxContents contents) => new DecoderGraph(contents).Describe();

    private DecoderDescription? Describe()
    {
        var layers = new List<StepLayerDescription>();
        foreach (OnnxNode node in _contents.Nodes.Where(RecurrentOperator.IsKnown))
        {
            if (RecurrentOperator.Describe(node, _weights, IsZero(node.Input(2))) is not { } layer) return null;
            layers.Add(layer);
        }
        if (layers.Count == 0 || (Matrix(DecoderWeightNames.Embedding) ?? SharedEmbedding()) is not { } embedding) return null;
        if (layers[0].Weight.Columns < embedding.Columns || Numbers(DecoderWeightNames.OutputBias) is not { } bias) return null;
        WeightMatrix? additional = layers[0].Weight.Columns > embedding.Columns ? Columns(layers[0].Weight, embedding.Columns, layers[0].Weight.Columns) : null;
        layers[0] = layers[0] with { Weight = Columns(layers[0].Weight, 0, embedding.Columns) };
        var result = new DecoderDescription(embedding, layers, new LinearDescription(Matrix(DecoderWeightNames.Output) ?? embedding, bias))
        {
            Projection = Linear(DecoderWeightNames.Projection, DecoderWeightNames.ProjectionBias),
            Readout = Linear(DecoderWeightNames.ReadoutState, DecoderWeightNames.ReadoutBias),
            ReadoutContext = Matrix(DecoderWeightNames.ReadoutContext),
            ReadoutSymbol = Matrix(DecoderWeightNames.ReadoutSymbol),
            Query = Matrix(DecoderWeightNames.Query),
            Energy = Numbers(DecoderWeightNames.Energy),
            Context = _weights.ContainsKey(_scope + DecoderWeightNames.Context) ? additional : null,
            Feed = _weights.ContainsKey(_scope + DecoderWeightNames.Feed) ? additional : null,
        };
        result.Validate();
        return result;
    }

    private LinearDescription? Linear(string weight, string bias) =>
        Matrix(weight) is { } matrix && Numbers(bias) is { } numbers ? new LinearDescription(matrix, numbers) : null;

    private WeightMatrix? Matrix(string name) => Matrix(_weights.GetValueOrDefault(_scope + name));

    private WeightMatrix? SharedEmbedding() => Matrix(_weights.GetValueOrDefault(DecoderWeightNames.SharedEmbedding));

    private float[]? Numbers(string name) => _weights.TryGetValue(_scope + name, out OnnxTensor? tensor) ? tensor.Numbers : null;

    private static WeightMatrix? Matrix(OnnxTensor? tensor) => tensor is { Shape: [var rows, var columns] }
        ? new WeightMatrix(tensor.Numbers, (int)rows, (int)columns)
        : null;

    private bool IsZero(string name) => _contents.Nodes.Any(node => node.Operator == "ConstantOfShape" && node.Outputs.Contains(name));

    private static WeightMatrix Columns(WeightMatrix matrix, int from, int to)
    {
        var numbers = new float[matrix.Rows * (to - from)];
        for (int row = 0; row < matrix.Rows; row++) matrix.Row(row)[from..to].CopyTo(numbers.AsSpan(row * (to - from)));
        return new WeightMatrix(numbers, matrix.Rows, to - from);
    }

    /// <summary>Joins constants [1,N,K] along their last dimension.</summary>
    private OnnxTensor? Join(OnnxNode node)
    {
        OnnxTensor[] parts = [.. node.Inputs.Select(name => _weights.GetValueOrDefault(name)).OfType<OnnxTensor>()];
        if (parts.Length != node.Inputs.Count || node.Integer("axis", 0) != 2 || !parts.All(part => part.Shape is [1, _, _])) return null;
        int rows = (int)parts[0].Shape[1], columns = (int)parts.Sum(part => part.Shape[2]), column = 0;
        if (parts.Any(part => part.Shape[1] != rows)) throw ProtobufReader.Damaged("weights with different numbers of rows are joined");
        var numbers = new float[rows * columns];
        foreach (OnnxTensor part in parts)
        {
            int own = (int)part.Shape[2];
            for (int row = 0; row < rows; row++) part.Numbers.AsSpan(row * own, own).CopyTo(numbers.AsSpan(row * columns + column));
            column += own;
        }
        return new OnnxTensor(node.Outputs[0], [1, rows, columns], numbers);
    }
}
