using MlNetRnn;
using MlNetRnn.Corpora;

namespace Microsoft.ML;

/// <content>Writers.</content>
public static partial class RnnCorporaCatalog
{
    /// <summary>Writes sentences to a CoNLL-U file. Unchanged data that were loaded from a well-formed file produce the same bytes.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columns">The columns to write; null for the names that <see cref="LoadFromConllu(DataOperationsCatalog, string)"/> creates.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="System.InvalidOperationException">
    /// A row has no words, a column does not have one value per word, or a text cannot be written to such a file.
    /// </exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, string path, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(path, Writer(catalog, data, columns));

    /// <summary>Writes sentences in CoNLL-U format to a stream, which remains open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="columns">The columns to write; null for the names that <see cref="LoadFromConllu(DataOperationsCatalog, string)"/> creates.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    /// <exception cref="System.InvalidOperationException">
    /// A row has no words, a column does not have one value per word, or a text cannot be written to such a file.
    /// </exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, Stream stream, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(stream, Writer(catalog, data, columns));

    /// <summary>
    /// Writes columns to a file in the format of the CoNLL shared tasks: one word per line, tabs between columns, an empty line after each sentence.
    /// </summary>
    /// <remarks>
    /// <c>conlleval.pl -d '\t'</c> can read the file if the last two columns are the true and the predicted tag. Missing keys are written as empty values.
    /// Readers do not keep blanks around a value.
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columnNames">
    /// The columns in the order of the file. Each is a <c>Vector&lt;String&gt;</c>, or a <c>Vector&lt;Key&gt;</c> with key values.
    /// </param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or has another type.</exception>
    /// <exception cref="System.InvalidOperationException">
    /// A row has no words, a column does not have one value per word, or a text cannot be written to such a file.
    /// </exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConll(this DataOperationsCatalog catalog, IDataView data, string path, params string[] columnNames) =>
        CorpusWriter.Write(path, Writer(catalog, data, columnNames));

    /// <summary>Writes columns in the format of the CoNLL shared tasks to a stream, which remains open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">The stream to write to.</param>
    /// <param name="columnNames">
    /// The columns in the order of the file. Each is a <c>Vector&lt;String&gt;</c>, or a <c>Vector&lt;Key&gt;</c> with key values.
    /// </param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or has another type.</exception>
    /// <exception cref="System.InvalidOperationException">
    /// A row has no words, a column does not have one value per word, or a text cannot be written to such a file.
    /// </exception>
    public static void SaveAsConll(this DataOperationsCatalog catalog, IDataView data, Stream stream, params string[] columnNames) =>
        CorpusWriter.Write(stream, Writer(catalog, data, columnNames));

    // The columns are bound before a file is opened.
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
