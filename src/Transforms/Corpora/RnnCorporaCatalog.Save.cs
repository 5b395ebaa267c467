using MlNetRnn;
using MlNetRnn.Corpora;

namespace Microsoft.ML;

/// <content>Writers.</content>
public static partial class RnnCorporaCatalog
{
    /// <summary>Writes sentences as a CoNLL-U file. Data that were loaded from a well-formed file and not changed give the same bytes again.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columns">Which columns are written as what; null for the names that <see cref="LoadFromConllu(DataOperationsCatalog, string)"/> gives.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column does not have one value a word, or a text cannot be written to such a file.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, string path, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(path, Writer(catalog, data, columns));

    /// <summary>Writes sentences as CoNLL-U to a stream, which stays open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="columns">Which columns are written as what; null for the names that <see cref="LoadFromConllu(DataOperationsCatalog, string)"/> gives.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column does not have one value a word, or a text cannot be written to such a file.</exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, Stream stream, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(stream, Writer(catalog, data, columns));

    /// <summary>Writes columns in the format of the CoNLL shared tasks: one word a line, its columns between tabs, an empty line after each sentence.</summary>
    /// <remarks>
    /// <c>conlleval.pl -d '\t'</c> reads such a file where the last two columns are the true and the predicted tag. Missing keys are written as
    /// nothing. Readers do not keep blanks around a value.
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columnNames">The columns in the order in which they are written: each <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with key values.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column does not have one value a word, or a text cannot be written to such a file.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConll(this DataOperationsCatalog catalog, IDataView data, string path, params string[] columnNames) =>
        CorpusWriter.Write(path, Writer(catalog, data, columnNames));

    /// <summary>Writes columns in the format of the CoNLL shared tasks to a stream, which stays open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="columnNames">The columns in the order in which they are written: each <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with key values.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column does not have one value a word, or a text cannot be written to such a file.</exception>
    public static void SaveAsConll(this DataOperationsCatalog catalog, IDataView data, Stream stream, params string[] columnNames) =>
        CorpusWriter.Write(stream, Writer(catalog, data, columnNames));

    // The columns are looked for before a file is opened.
    private static Action<TextWriter> Writer(DataOperationsCatalog catalog, IDataView data, RnnConlluColumns? columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        var binding = new ConlluBinding(data.Schema, columns ?? new RnnConlluColumns());
        return writer => ConlluWriter.Write(data, binding, writer);
    }

    private static Action<TextWriter> Writer(DataOperationsCatalog catalog, IDataView data, string[] columnNames)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return new ConllWriter(data, columnNames).Write;
    }
}
