using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns with the n-grams that contributed to a prediction, from the largest contribution to the smallest, and their scores.</summary>
internal static class NGramColumns
{
    /// <summary>The role of the columns in a model file, which holds the beginning of their names.</summary>
    public const string NGrams = "NGrams";

    private const string Text = ".Text", Score = ".Score";

    /// <summary>Returns the names of the columns.</summary>
    public static IEnumerable<string> Names(string name) => [name + Text, name + Score];

    public static IEnumerable<NetworkOutput> NetworkOutputs(TaskSpec spec) =>
        spec.NGrams is null ? [] : [new NetworkOutput(NetworkSignature.NGramScores, OutputExtent.Step)];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> OutputShape(TaskSpec spec)
    {
        if (!spec.Columns.TryGetValue(NGrams, out string? name)) yield break;
        yield return SchemaShapes.VariableVector(name + Text, TextDataViewType.Instance);
        yield return SchemaShapes.VariableVector(name + Score, NumberDataViewType.Single);
    }

    /// <summary>Returns the columns of the transformer.</summary>
    /// <param name="spec">The task, with the names of its columns.</param>
    /// <param name="output">The index of the network output that holds the scores.</param>
    /// <param name="predicted">Returns the index of the score that a row's prediction is; null if an n-gram has one score.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, int output, Func<IRowResults, int, int>? predicted = null)
    {
        if (spec.NGrams is not { } ngrams) yield break;
        string name = spec.Column(NGrams);
        // Both columns read the same contributions, which are computed once for a row.
        Contribution[] Of(IRowResults results, int row)
        {
            ReadOnlySpan<float> scores = results.Values[output][row];
            return (Contribution[])(results.Kept(row) ??= Contributions(scores, results.Texts(row), ngrams, predicted?.Invoke(results, row)));
        }

        yield return new OutputColumn(name + Text, new VectorDataViewType(TextDataViewType.Instance), (results, current) =>
            Getters.Vector(() => Array.ConvertAll(Of(results, current()), contribution => contribution.Text.AsMemory())));
        yield return new OutputColumn(name + Score, new VectorDataViewType(NumberDataViewType.Single), (results, current) =>
            Getters.Vector(() => Array.ConvertAll(Of(results, current()), contribution => contribution.Score)));
    }

    /// <summary>
    /// Returns the contributions of a row. A score that is the same for all classes changes no probability, so that scores are compared with their mean.
    /// </summary>
    /// <param name="scores">The scores of the n-grams that begin at each step, [T,N,R].</param>
    /// <param name="tokens">The tokens, [T].</param>
    /// <param name="ngrams">N.</param>
    /// <param name="predicted">The index of the predicted class; null for R = 1.</param>
    private static Contribution[] Contributions(ReadOnlySpan<float> scores, IReadOnlyList<string> tokens, NGramSpec ngrams, int? predicted)
    {
        int width = scores.Length / (tokens.Count * ngrams.Length);
        var found = new List<Contribution>();
        for (int start = 0; start < tokens.Count; start++)
            for (int n = 0; n < ngrams.Length && start + n < tokens.Count; n++)
            {
                ReadOnlySpan<float> own = scores.Slice((start * ngrams.Length + n) * width, width);
                float score = predicted is { } index ? own[index] - TensorPrimitives.Sum(own) / width : own[0];
                if (score != 0) found.Add(new Contribution(string.Join(ngrams.Separator, tokens.Skip(start).Take(n + 1)), score));
            }
        return [.. found.OrderByDescending(contribution => Math.Abs(contribution.Score))];
    }

    private readonly record struct Contribution(string Text, float Score);
}
