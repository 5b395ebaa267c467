namespace MlNetRnn.Samples.Texts;

/// <summary>The meaning of quotes in a table.</summary>
public enum TableFormat
{
    /// <summary>Quotes are characters like any other.</summary>
    Tsv,

    /// <summary>Values may be quoted (RFC 4180); a quoted value may contain separators and line breaks.</summary>
    Csv,
}
