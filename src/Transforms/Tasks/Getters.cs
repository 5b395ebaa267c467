using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Tasks;

/// <summary>Returns the values of a row.</summary>
internal delegate ReadOnlySpan<float> RowNumbers();

/// <summary>Getters of the common column types.</summary>
internal static class Getters
{
    /// <summary>Returns a getter of all values of a row.</summary>
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

    /// <summary>Returns a getter of values that are computed for a row.</summary>
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

    /// <summary>Returns a getter of the single value of a row.</summary>
    public static Delegate Number(RowNumbers row)
    {
        ValueGetter<float> get = (ref float value) => value = row()[0];
        return get;
    }
}
