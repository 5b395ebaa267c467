using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;

namespace MlNetRnn.Labels;

/// <summary>
/// A label of key type whose values are in order. By default, MapValueToKey numbers values in the order of their first occurrence. Numbers out of order
/// would silently give a wrong model, so they are refused.
/// </summary>
/// <param name="name">The name of the column.</param>
internal sealed class OrdinalLabel(string name) : KeyLabel(name)
{
    private const int Named = 10;

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known)
    {
        BoundLabel label = base.Bind(schema, known);
        var numbers = new List<double>();
        foreach (string value in label.Values?.Names ?? [])
        {
            // The order of names such as "low" and "high" cannot be inferred.
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)) return label;
            numbers.Add(number);
        }
        if (numbers.SequenceEqual(numbers.Order()) || numbers.SequenceEqual(numbers.OrderDescending())) return label;
        string remedy = label.Values!.ItemType is TextDataViewType
            ? "Convert the label to a number before MapValueToKey, with keyOrdinality: ByValue. As text, 10 comes before 2."
            : "Pass keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue to MapValueToKey.";
        string got = string.Join(", ", label.Values.Names.Take(Named));
        throw SchemaMismatch.Mistyped(Role, Name, "key values in ascending or descending order (OrdinalClasses)", got, remedy, nameof(schema));
    }
}
