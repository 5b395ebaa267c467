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
    /// <summary>
    /// The factor of the scores. Adam moves each weight by at most the learning rate, and a rare n-gram has few steps; without the factor, it learns little
    /// (docs/results.md).
    /// </summary>
    private const float Gain = 20;

    private const string Name = "wide";
    private const long Float = 1;         // onnx.TensorProto.DataType

    private readonly NGramSet _ngrams;
    private readonly Parameter _scores;
    private readonly Parameter? _best;
    private readonly int _outputs;

    /// <param name="parameters">Receives the scores.</param>
    /// <param name="ngrams">The n-grams.</param>
    /// <param name="known">The n-grams of the model that training continues from; null for a new model.</param>
    /// <param name="outputs">The number of scores of an n-gram, R.</param>
    /// <param name="isValidated">Whether validation rows find the best scores; otherwise the last ones are used.</param>
    public WidePath(ParameterSet parameters, NGramSet ngrams, NGramSet? known, int outputs, bool isValidated = false)
    {
        (_ngrams, _outputs) = (ngrams, outputs);
        _scores = parameters.ZeroTable($"{Name}.scores", isCopy: false, ngrams.Count, outputs);
        _best = isValidated ? parameters.ZeroTable($"{Name}.best", isCopy: true, ngrams.Count, outputs) : null;
        if (known is not null) _scores.Form = new GraphForm([ngrams.Count, outputs], numbers => numbers, numbers => Moved(numbers, ngrams.NumbersOf(known)));
    }

    /// <summary>Returns the n-grams of a graph that training continues from.</summary>
    /// <param name="integers">The integers in the graph by name.</param>
    /// <param name="tokens">The number of token numbers of its model.</param>
    public static NGramSet NGramsOf(IReadOnlyDictionary<string, long[]> integers, int tokens)
    {
        var tables = new List<NGramTable>();
        while (integers.TryGetValue(Keys(tables.Count), out long[]? keys)) tables.Add(new NGramTable(keys, integers[Displacements(tables.Count)]));
        return new NGramSet(tokens, tables);
    }

    /// <summary>Multiplies the scores that predictions use by a factor.</summary>
    public void Scale(float factor)
    {
        foreach (ref float score in (_best ?? _scores).Value.Span()) score *= factor;
    }

    /// <summary>Makes the scores of the last step those that predictions use.</summary>
    public void KeepBest() => _scores.Value.Span().CopyTo(_best!.Value.Span());

    /// <summary>Computes the scores of the rows of a batch: in training with the scores of the last step, otherwise with the best ones.</summary>
    /// <returns>[B,R], in the order of the batch's sorted rows.</returns>
    public Tensor Forward(PackedBatch batch, ForwardMode mode) => mode.IsTraining || _best is null ? Forward(batch) : Forward(batch, _best);

    /// <summary>Computes the scores of the rows of a batch with the scores of the last step.</summary>
    /// <returns>[B,R]</returns>
    public Tensor Forward(PackedBatch batch) => Forward(batch, _scores);

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
    /// <returns>[B,R]</returns>
    public string Export(OnnxGraph graph)
    {
        string tokens = NetworkSignature.Tokens;                                                                    // [B,T]
        List<string> numbers = [tokens];
        for (int i = 0; i < _ngrams.Tables.Count; i++) numbers.Add(ExportLookup(graph, numbers[^1], tokens, i));    // [B,T−i−1]
        string all = numbers.Count == 1 ? tokens : graph.Node("Concat", [.. numbers], ("axis", 1L));                // [B,F]
        string table = graph.Constant(_scores.Name, (_best ?? _scores).Value.Span(), _ngrams.Count, _outputs);      // [G,R]
        string scores = graph.Node("Gather", [table, all], ("axis", 0L));                                           // [B,F,R]
        string sums = graph.Node("ReduceSum", [scores, graph.Constant([1], 1)], ("keepdims", 0L));                  // [B,R]
        string lengths = graph.Node("Cast", [NetworkSignature.Lengths], ("to", Float));                   // [B]
        string roots = graph.Node("Unsqueeze", [graph.Node("Sqrt", [lengths]), graph.Constant([1], 1)]);            // [B,1]
        return graph.Node("Div", [graph.Node("Mul", [sums, graph.Scalar(Gain)]), roots]);
    }

    private static string Keys(int table) => FormattableString.Invariant($"{Name}.keys.{table + 2}");

    private static string Displacements(int table) => FormattableString.Invariant($"{Name}.displacements.{table + 2}");

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

    /// <summary>Writes the lookup of the n-grams of a table: <see cref="NGramTable.PlaceOf"/> in operators.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="shorter">The numbers of the n-grams without their last token, [B,S+1].</param>
    /// <param name="tokens">The tokens, [B,T].</param>
    /// <param name="index">Index of the table.</param>
    /// <returns>The numbers, [B,S]; 0, the number of the padding, where there is no n-gram.</returns>
    private string ExportLookup(OnnxGraph graph, string shorter, string tokens, int index)
    {
        NGramTable table = _ngrams.Tables[index];
        string one = graph.Constant([1], 1), buckets = graph.Constant([table.Displacements.Length]);
        string before = graph.Node("Slice", [shorter, graph.Constant([0], 1), graph.Constant([-1], 1), one]);
        string last = graph.Node("Slice", [tokens, graph.Constant([index + 1], 1), graph.Constant([int.MaxValue], 1), one]);
        string key = graph.Node("Add", [graph.Node("Mul", [before, graph.Constant([NGramSet.KeyBase])]), last]);
        string displacements = graph.Constant(Displacements(index), table.Displacements, table.Displacements.Length);
        string displacement = graph.Node("Gather", [displacements, graph.Node("Mod", [key, buckets])], ("axis", 0L));
        string shifted = graph.Node("Add", [graph.Node("Div", [key, buckets]), displacement]);
        string place = graph.Node("Mod", [shifted, graph.Constant([table.Keys.Length])]);
        string keys = graph.Constant(Keys(index), table.Keys, table.Keys.Length);
        string found = graph.Node("Equal", [graph.Node("Gather", [keys, place], ("axis", 0L)), key]);
        return graph.Node("Where", [found, graph.Node("Add", [place, graph.Constant([_ngrams.First[index]])]), graph.Constant([0])]);
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
