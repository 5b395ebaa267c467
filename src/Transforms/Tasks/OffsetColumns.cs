using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Tasks;

/// <summary>The optional columns with the places of the tokens in their text: where each begins, and how long it is.</summary>
internal static class OffsetColumns
{
    /// <summary>The role under which a model file names them, by what their names begin with.</summary>
    public const string Offsets = "Offsets";

    private const string Start = ".Start", Length = ".Length";

    /// <summary>The columns of a name.</summary>
    public static IEnumerable<string> Names(string name) => [name + Start, name + Length];

    /// <summary>What an estimator promises.</summary>
    public static IEnumerable<SchemaShape.Column> Promised(TaskSpec spec) =>
        spec.Columns.TryGetValue(Offsets, out string? name) ? Names(name).Select(column => SchemaShapes.VariableVector(column, NumberDataViewType.Int32)) : [];

    /// <param name="spec">Which columns are wanted.</param>
    /// <param name="isPerStep">Whether there are as many values as the row has tokens, none for an empty one and 0 for those that were not read.</param>
    public static IEnumerable<OutputColumn> Of(TaskSpec spec, bool isPerStep)
    {
        if (!spec.Columns.TryGetValue(Offsets, out string? name)) yield break;
        OutputColumn Numbers(string suffix, Func<TextPlace, int> number) => new(name + suffix, new VectorDataViewType(NumberDataViewType.Int32), (results, current) => Getters.Vector(() =>
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
