using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Sequences;

namespace MlNetRnn.Columns;

/// <summary>
/// A vector of keys, as MapValueToKey creates it from a vector. A token is the value of the key, not its number: the model stays valid if the same values are
/// mapped to keys in a different order. For keys without values, a token is the number.
/// </summary>
internal sealed class KeysKind : SequenceKind
{
    public override string Name => "Keys";

    public override string Description => "Vector<Key>";

    // The value of a key is the token.
    public override bool KeepsCase => true;

    public override bool Accepts(DataViewType type) => type is VectorDataViewType { ItemType: KeyDataViewType };

    public override bool Accepts(SchemaShape.Column column) => column.IsVectorOfKeys();

    public override Func<ReadResult> OpenReader(
        DataViewRow source, DataViewSchema.Column column, SequenceReading reading, ITokenIndex index, SequenceStore target)
    {
        IReadOnlyList<string>? names = KeyValues.Of(column, "input")?.Names;
        var writer = new TokenWriter(reading, index, target);
        return KeyReaders.OpenVector(source, column, key => writer.Add(key == 0 ? default : Text(key, names)), writer.End);
    }

    private static ReadOnlySpan<char> Text(ulong key, IReadOnlyList<string>? names) =>
        names is not null && key <= (ulong)names.Count ? names[(int)key - 1] : key.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
