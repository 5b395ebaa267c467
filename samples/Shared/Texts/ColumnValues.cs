using System.Globalization;

namespace MlNetRnn.Samples.Texts;

/// <summary>Statistics of the values of a column.</summary>
public sealed class ColumnValues
{
    /// <summary>With fewer rows than this, all labels may be different.</summary>
    public const int FewRows = 4;

    private const int MostDifferent = 20_000, ManyRows = 10;
    private readonly HashSet<string> _different = [];
    private bool _areWholeNumbers = true;

    public long Characters { get; private set; }

    public int Rows { get; private set; }

    /// <summary>The number of different values, counted up to a maximum.</summary>
    public int Different => _different.Count;

    public bool AreNumbers { get; private set; } = true;

    public IEnumerable<string> Examples => _different.Order(StringComparer.Ordinal);

    /// <summary>Whether the values may be names of classes: neither all equal, nor all different as row numbers are.</summary>
    public bool MayBeLabels => Different > 1 && Different < MostDifferent
        && (Rows < FewRows ? Different < Rows || !_areWholeNumbers : Rows < ManyRows ? Different < Rows : Different <= Rows / 2);

    public static ColumnValues[] Of(IEnumerable<TableFile> files, int count)
    {
        ColumnValues[] columns = [.. Enumerable.Range(0, count).Select(_ => new ColumnValues())];
        foreach ((_, string[] row) in files.SelectMany(file => file.Rows()))
            for (int i = 0; i < Math.Min(count, row.Length); i++) columns[i].Add(row[i].Trim());
        return columns;
    }

    private void Add(string value)
    {
        Characters += value.Length;
        if (value.Length == 0) return;
        Rows++;
        if (_different.Count < MostDifferent) _different.Add(value);
        AreNumbers = AreNumbers && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        _areWholeNumbers = _areWholeNumbers && long.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out _);
    }
}
