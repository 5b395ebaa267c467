using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Translation;

/// <summary>Reads the language columns of a translation model.</summary>
internal static class LanguageColumns
{
    private const string Role = "language";

    /// <summary>Returns the columns in a schema: that of the target language, and that of the source language if the model depends on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or is not a text.</exception>
    public static IEnumerable<DataViewSchema.Column> Bind(DataViewSchema schema, LanguageSpec languages)
    {
        yield return TextColumn.Bind(schema, Role, languages.TargetColumn);
        if (languages is { EncoderPerLanguage: true, SourceColumn: { } source }) yield return TextColumn.Bind(schema, Role, source);
    }

    /// <summary>Opens a reader of the numbers of the languages of the current row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns, as <see cref="Bind"/> returns them.</param>
    /// <param name="languages">The languages.</param>
    public static Func<(int Source, int Target)> OpenReader(DataViewRow row, IEnumerable<DataViewSchema.Column> columns, LanguageSpec languages)
    {
        ValueGetter<ReadOnlyMemory<char>>[] getters = [.. columns.Select(row.GetGetter<ReadOnlyMemory<char>>)];
        return () => (
            // A shared encoder reads any source language.
            languages.EncoderPerLanguage ? Read(getters[1], languages.Sources, languages.SourceColumn!) : 0,
            Read(getters[0], languages.Targets, languages.TargetColumn));

        static int Read(ValueGetter<ReadOnlyMemory<char>> getter, IReadOnlyList<string> known, string column)
        {
            ReadOnlyMemory<char> language = default;
            getter(ref language);
            return NumberOf(language.ToString(), known, $"Column '{column}'");
        }
    }

    /// <summary>Returns the number of a language.</summary>
    /// <param name="language">The language.</param>
    /// <param name="known">The languages of the model.</param>
    /// <param name="name">What the language is for, in the message.</param>
    /// <exception cref="ArgumentException">The model does not know the language.</exception>
    public static int NumberOf(string language, IReadOnlyList<string> known, string name)
    {
        for (int i = 0; i < known.Count; i++)
            if (known[i] == language) return i;
        throw new ArgumentException(
            $"{name}: expected one of the languages of the training data, {string.Join(", ", known.Select(own => $"'{own}'"))}, got '{language}'.");
    }
}
