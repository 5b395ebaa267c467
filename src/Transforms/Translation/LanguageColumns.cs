using Microsoft.ML;
using MlNetRnn.Columns;

namespace MlNetRnn.Translation;

/// <summary>Reads the language columns of a translation model.</summary>
internal static class LanguageColumns
{
    private const string Role = "language";

    /// <summary>Returns the column of the target language, which is all that scoring reads: the network does not depend on the source language.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or is not a text.</exception>
    public static DataViewSchema.Column Bind(DataViewSchema schema, LanguageSpec languages) => TextColumn.Bind(schema, Role, languages.TargetColumn);

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
