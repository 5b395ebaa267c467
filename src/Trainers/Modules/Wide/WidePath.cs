using MlNetRnn.Batching;
using MlNetRnn.Kernels;
using MlNetRnn.Networks;
using MlNetRnn.Onnx;
using static TorchSharp.torch;

namespace MlNetRnn.Modules;

/// <summary>
/// A linear model of n-grams beside a network (wide and deep learning; Cheng et al., 2016): the scores of all n-grams of a sequence, divided by the square root
/// of its length. A step of the training takes no time for n-grams that do not occur in its batch.
/// </summary>
/// <remarks>
/// A linear model and a recurrent network learn at different speeds, so that the path keeps the scores of the epoch in which it is best by itself. They are a
/// parameter that no step changes, and become part of checkpoints and of the best epoch as all others do.
/// </remarks>
internal sealed class WidePath
{
    private const string Name = "wide";
    private const long Float = 1, Double = 11;          // onnx.TensorProto.DataType

    private readonly NGramSet _ngrams;
    private readonly int _outputs;
    private readonly bool _isExplained;

    /// <param name="parameters">Receives the scores.</param>
    /// <param name="ngrams">The n-grams.</param>
    /// <param name="known">The n-grams of the model that training continues from; null for a new model.</param>
    /// <param name="outputs">The number of scores of an n-gram, R.</param>
    /// <param name="isValidated">Whether validation rows find the best scores; otherwise the last ones are used.</param>
    /// <param name="isExplained">Whether the scores of single n-grams are an output of the graph.</param>
    public WidePath(ParameterSet parameters, NGramSet ngrams, NGramSet? known, int outputs, bool isValidated = false, bool isExplained = false)
    {
        (_ngrams, _outputs, _isExplained) = (ngrams, outputs, isExplained);
        Parameter scores = parameters.ZeroTable($"{Name}.scores", isCopy: false, ngrams.Count, outputs);
        Weights = new PathWeights(scores, isValidated ? parameters.ZeroTable($"{Name}.best", isCopy: true, ngrams.Count, outputs) : null);
        if (known is not null) scores.Form = new GraphForm([ngrams.Count, outputs], numbers => numbers, numbers => Moved(numbers, ngrams.NumbersOf(known)));
    }

    public PathWeights Weights { get; }

    /// <summary>
    /// The factor of the scores. Adam moves each weight by at most the learning rate, and a rare n-gram has few steps; without the factor, it learns little.
    /// With too large a factor, the sum over a long row moves too far in a step (docs/results.md).
    /// </summary>
    public float Gain { get; init; } = 20;

    /// <summary>Computes the scores of the rows of a batch: in training with the scores of the last step, otherwise with the best ones.</summary>
    /// <returns>[B,R], in the order of the batch's sorted rows.</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode) => Forward(batch, Weights.For(mode));

    /// <summary>Computes the scores of the rows of a batch with the scores of the last step.</summary>
    /// <returns>[B,R]</returns>
    public Tensor Forward(PackedBatch batch) => Forward(batch, Weights.Trained);

    private Tensor Forward(PackedBatch batch, Parameter table)
    {
        var numbers = new List<int>(batch.Count * (1 + _ngrams.Tables.Count));
        var rows = new List<long>(numbers.Capacity);
        for (int b = 0; b < batch.Rows.Length; b++)
        {
            AddNumbers(batch, b, numbers);
            while (rows.Count < numbers.Count) rows.Add(b);
        }
        (int[] distinct, int[] places) = DistinctTokens.Of([.. numbers]);
        Tensor scores = table.Touch(distinct).index_select(0, tensor(places, ScalarType.Int64));                  // [U,R] → [F,R]
        Tensor sums = zeros([batch.Rows.Length, _outputs], ScalarType.Float32).index_add(0, tensor(rows.ToArray()), scores, Scalars.One);      // [B,R]
        return sums * tensor(Array.ConvertAll(batch.Lengths, length => Gain / MathF.Sqrt(length))).unsqueeze(1);    // [B,R]
    }

    /// <summary>Writes the path to a graph, which finds the n-grams by the numbers of the tokens alone.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="unit">The name of the factor of the scores of single n-grams, if they are an output; null for 1.</param>
    /// <returns>[B,R]</returns>
    public string Export(OnnxGraph graph, string? unit)
    {
        string[] numbers = NGramLookup.Export(graph, _ngrams);                                                      // [B,T] for each length
        string all = numbers.Length == 1 ? numbers[0] : graph.Node("Concat", numbers, ("axis", 1L));                // [B,N·T]
        string table = graph.Constant(Weights.Trained.Name, Weights.Best.Value.Span(), _ngrams.Count, _outputs);    // [G,R]
        string scores = graph.Node("Gather", [table, all], ("axis", 0L));                                           // [B,N·T,R]
        string lengths = graph.Node("Cast", [NetworkSignature.Lengths], ("to", Float));                             // [B]
        string factor = graph.Node("Div", [graph.Scalar(Gain), graph.Node("Sqrt", [lengths])]);                     // [B]
        string byRow = graph.Node("Unsqueeze", [factor, graph.Constant([1], 1)]);                                   // [B,1]
        if (_isExplained) ExportScores(graph, scores, graph.Node("Unsqueeze", [byRow, graph.Constant([2], 1)]), unit);
        // A sum of a thousand floats depends on their order by more than 1e-5, and the order on the padding.
        string exact = graph.Node("ReduceSum", [graph.Node("Cast", [scores], ("to", Double)), graph.Constant([1], 1)], ("keepdims", 0L));
        return graph.Node("Mul", [graph.Node("Cast", [exact], ("to", Float)), byRow]);                              // [B,R]
    }

    /// <summary>Writes the scores of single n-grams as an output of the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="scores">[B,N·T,R]</param>
    /// <param name="factor">[B,1,1]</param>
    /// <param name="unit">[1]; null for 1.</param>
    private void ExportScores(OnnxGraph graph, string scores, string factor, string? unit)
    {
        int lengths = 1 + _ngrams.Tables.Count;
        graph.OutputFloat(NetworkSignature.NGramScores, "The scores of the n-grams that begin at each step.", "batch", "steps", lengths * _outputs);
        string scaled = graph.Node("Mul", [scores, unit is null ? factor : graph.Node("Mul", [factor, unit])]);     // [B,N·T,R]
        string byLength = graph.Node("Reshape", [scaled, graph.Constant([0, lengths, -1, _outputs], 4)]);           // [B,N,T,R]
        string byStep = graph.Node("Transpose", [byLength], ("perm", new long[] { 0, 2, 1, 3 }));                   // [B,T,N,R]
        graph.NamedNode(NetworkSignature.NGramScores, "Reshape", [byStep, graph.Constant([0, -1, lengths * _outputs], 3)]);
    }

    /// <summary>Adds the numbers of all n-grams of a sorted row.</summary>
    private void AddNumbers(PackedBatch batch, int row, List<int> numbers)
    {
        int[] tokens = batch.Tokens;
        int length = batch.Lengths[row];
        for (int start = 0; start < length; start++)
        {
            int number = tokens[batch.Position(row, start)];
            numbers.Add(number);
            for (int table = 0; table < _ngrams.Tables.Count && start + table + 1 < length; table++)
            {
                number = _ngrams.Next(number, tokens[batch.Position(row, start + table + 1)], table);
                if (number == 0) break;
                numbers.Add(number);
            }
        }
    }

    /// <summary>Returns the scores of another set, [G,R], at their places here.</summary>
    private float[] Moved(float[] scores, int[] numbers)
    {
        var moved = new float[_ngrams.Count * _outputs];
        for (int i = 0; i < numbers.Length; i++)
            if (numbers[i] != 0) scores.AsSpan(i * _outputs, _outputs).CopyTo(moved.AsSpan(numbers[i] * _outputs));
        return moved;
    }
}
