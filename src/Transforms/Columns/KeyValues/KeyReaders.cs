using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Columns;

/// <summary>Readers of keys in the four integer types that ML.NET supports.</summary>
internal static class KeyReaders
{
    /// <summary>Returns a function that reads the key of the current row; 0 if it is missing or above the count of the key type.</summary>
    public static Func<ulong> Open(DataViewRow source, DataViewSchema.Column column)
    {
        ulong count = ((KeyDataViewType)column.Type).Count;
        Type raw = column.Type.RawType;
        if (raw == typeof(byte)) return Scalar<byte>(source, column, count, value => value);
        if (raw == typeof(ushort)) return Scalar<ushort>(source, column, count, value => value);
        if (raw == typeof(ulong)) return Scalar<ulong>(source, column, count, value => value);
        return Scalar<uint>(source, column, count, value => value);
    }

    /// <summary>Returns a function that calls <paramref name="each"/> for each key of the vector in the current row, then <paramref name="end"/>.</summary>
    public static Func<TResult> OpenVector<TResult>(DataViewRow source, DataViewSchema.Column column, Action<ulong> each, Func<TResult> end)
    {
        Type raw = ((VectorDataViewType)column.Type).ItemType.RawType;
        if (raw == typeof(byte)) return Vector<byte, TResult>(source, column, value => each(value), end);
        if (raw == typeof(ushort)) return Vector<ushort, TResult>(source, column, value => each(value), end);
        if (raw == typeof(ulong)) return Vector(source, column, each, end);
        return Vector<uint, TResult>(source, column, value => each(value), end);
    }

    private static Func<ulong> Scalar<T>(DataViewRow source, DataViewSchema.Column column, ulong count, Func<T, ulong> widen) where T : struct
    {
        ValueGetter<T> get = source.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            ulong key = widen(value);
            return key <= count ? key : 0;
        };
    }

    private static Func<TResult> Vector<T, TResult>(DataViewRow source, DataViewSchema.Column column, Action<T> each, Func<TResult> end) where T : struct
    {
        ValueGetter<VBuffer<T>> get = source.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            get(ref values);
            foreach (T value in values.DenseValues()) each(value);
            return end();
        };
    }
}
