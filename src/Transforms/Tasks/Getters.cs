using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Tasks;

/// <summary>Numbers of a row.</summary>
internal delegate ReadOnlySpan<float> RowNumbers();

/// <summary>Getters of the usual column types.</summary>
internal static class Getters
{
    /// <summary>All numbers of a row.</summary>
    public static Delegate Vector(RowNumbers row)
    {
        ValueGetter<VBuffer<float>> get = (ref VBuffer<float> value) =>
        {
            ReadOnlySpan<float> numbers = row();
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, numbers.Length);
            numbers.CopyTo(editor.Values);
            value = editor.Commit();
        };
        return get;
    }

    /// <summary>Values of a row that were worked out for it.</summary>
    public static Delegate Vector<T>(Func<T[]> row)
    {
        ValueGetter<VBuffer<T>> get = (ref VBuffer<T> value) =>
        {
            T[] values = row();
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        };
        return get;
    }

    /// <summary>The only number of a row.</summary>
    public static Delegate Number(RowNumbers row)
    {
        ValueGetter<float> get = (ref float value) => value = row()[0];
        return get;
    }
}
