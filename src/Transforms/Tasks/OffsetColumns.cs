using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns with the positions of the tokens in their text: the start and the length of each token.</summary>
internal static class OffsetColumns
{
    /// <summary>The role of the columns in a model file, which holds the beginning of their names.</summary>
    public const string Offsets = "Offsets";

    private const string Start = ".Start", Length = ".Length";

    /// <summary>Returns the names of the columns.</summary>
    public static IEnumerable<string> Names(string name) => [name + Start, name + Length];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static IEnumerable<SchemaShape.Column> OutputShape(TaskSpec spec) =>
        spec.Columns.TryGetValue(Offsets, out string? name) ? Names(name).Select(column => SchemaShapes.VariableVector(column, NumberDataViewType.Int32)) : [];

    /// <summary>Returns the columns of the transformer.</summary>
    /// <param name="spec">The task, with the names of its columns.</param>
    /// <param name="isPerStep">Whether the columns have a value for each step of the row; 0 for steps beyond the maximum length.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, bool isPerStep)
    {
        if (!spec.Columns.TryGetValue(Offsets, out string? name)) yield break;
        OutputColumn Numbers(string suffix, Func<TextPlace, int> number) =>
            new(name + suffix, new VectorDataViewType(NumberDataViewType.Int32), (results, current) => Getters.Vector(() =>
            {
                ReadOnlySpan<TextPlace> places = results.Places(current());
                var numbers = new int[isPerStep ? results.Length(current()) : places.Length];
                for (int i = 0; i < Math.Min(numbers.Length, places.Length); i++) numbers[i] = number(places[i]);
                return numbers;
            }));
        yield return Numbers(Start, place => place.Start);
        yield return Numbers(Length, place => place.Length);
    }
}
