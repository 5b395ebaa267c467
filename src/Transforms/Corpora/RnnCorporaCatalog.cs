using MlNetRnn;
using MlNetRnn.Corpora;

namespace Microsoft.ML;

/// <summary>Readers and writers for files of sentences whose words have labels.</summary>
/// <remarks>
/// <para>Reading is lazy: a file is opened by each cursor anew, and one sentence at a time is in memory. Whatever reads the data throws
/// <see cref="FormatException"/> with the file and the number of the line where one is malformed; where ML.NET reads on a thread of its own it wraps
/// it, and <c>exception.GetBaseException()</c> is the cause.</para>
/// <para>Files are UTF-8, with or without a byte-order mark, with line ends as on Unix or Windows; one whose name ends with <c>.gz</c> is unpacked while
/// it is read. Written files are UTF-8 without a byte-order mark, with line feeds; packed where the name ends with <c>.gz</c>, and put in the place
/// of an older one only when they are complete.</para>
/// </remarks>
public static class RnnCorporaCatalog
{
    /// <summary>Loads a CoNLL-U file, the format of Universal Dependencies (https://universaldependencies.org/format.html), one sentence a row.</summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>column</term><description>type and content</description></listheader>
    /// <item><term>SentenceId, Text</term><description>Text: what the comments <c># sent_id = …</c> and <c># text = …</c> say; empty where there are none</description></item>
    /// <item><term>Id, Form, Lemma, Upos, Xpos, Feats, Head, Deprel, Deps, Misc</term><description>Vector of Text of variable size: the ten columns of the
    /// file, one value a word. What is not said is <c>_</c>, as in the file</description></item>
    /// <item><term>Comments</term><description>Vector of Text: the comment lines as they are, each with its <c>#</c></description></item>
    /// <item><term>FurtherLines</term><description>Vector of Text: the lines that are no words, as they are: ranges of words that are written as one
    /// (<c>3-4</c>) and empty nodes (<c>5.1</c>). Their first column says where they belong</description></item>
    /// </list>
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="System.IO.FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromConllu(this DataOperationsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var file = new CorpusFile(path);
        return new SentencesView(ConlluReader.TextColumns, ConlluReader.VectorColumns, () => new ConlluReader(file).Read());
    }

    /// <summary>Writes sentences as a CoNLL-U file. Data that was loaded from a well-formed file and not changed gives the same bytes again.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columns">Which columns are written as what; null for the names that <see cref="LoadFromConllu"/> gives.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column not one value a word, or a text cannot stand in such a file.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, string path, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(path, Writer(catalog, data, columns));

    /// <summary>Writes sentences as CoNLL-U to a stream, which stays open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="columns">Which columns are written as what; null for the names that <see cref="LoadFromConllu"/> gives.</param>
    /// <exception cref="System.ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column not one value a word, or a text cannot stand in such a file.</exception>
    public static void SaveAsConllu(this DataOperationsCatalog catalog, IDataView data, Stream stream, RnnConlluColumns? columns = null) =>
        CorpusWriter.Write(stream, Writer(catalog, data, columns));

    /// <summary>Loads tokens and labels from a file in the format of the CoNLL shared tasks, one sentence a row: the columns Tokens and Label.</summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="tokenColumn">The column of the file that holds the tokens: from 0, or from −1, which is the last one, backwards.</param>
    /// <param name="labelColumn">The column of the file that holds the labels, in the same way.</param>
    /// <param name="skipComments">Whether lines that begin with <c>#</c> and a blank are left out; else they are tokens like any other.</param>
    /// <exception cref="System.IO.FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromConll(this DataOperationsCatalog catalog, string path, int tokenColumn = 0, int labelColumn = -1, bool skipComments = false) =>
        catalog.LoadFromConll(path, skipComments, ("Tokens", tokenColumn), ("Label", labelColumn));

    /// <summary>Loads any columns from a file in the format of the CoNLL shared tasks, one sentence a row.</summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="columns">The name of each column of the data and its place in the file: from 0, or from −1, which is the last one, backwards.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one has no name, or two have the same.</exception>
    /// <exception cref="System.IO.FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromConll(this DataOperationsCatalog catalog, string path, params (string Name, int Column)[] columns) =>
        catalog.LoadFromConll(path, skipComments: false, columns);

    /// <summary>Loads any columns from a file in the format of the CoNLL shared tasks, one sentence a row, with or without comments.</summary>
    /// <remarks>
    /// Each column is a Vector of Text of variable size, one value a line. Blanks or tabs separate the columns of the file; where a line holds a tab, only
    /// tabs do, so that a token may hold blanks. All lines have as many columns. Empty lines, one or several, lie between sentences. Lines
    /// <c>-DOCSTART-</c> end a sentence and are left out.
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="skipComments">Whether lines that begin with <c>#</c> and a blank are left out; else they are tokens like any other.</param>
    /// <param name="columns">The name of each column of the data and its place in the file: from 0, or from −1, which is the last one, backwards.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one has no name, or two have the same.</exception>
    /// <exception cref="System.IO.FileNotFoundException">There is no such file.</exception>
    public static IDataView LoadFromConll(this DataOperationsCatalog catalog, string path, bool skipComments, params (string Name, int Column)[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        string[] names = [.. columns.Select(column => column.Name)];
        if (names.Length == 0 || names.Any(string.IsNullOrEmpty) || names.Distinct().Count() < names.Length)
            throw new ArgumentException($"Columns: expected at least one, each with a name of its own, got ({string.Join(", ", names.Select(name => $"'{name}'"))}). "
                + "Name them as in (\"Token\", 0), (\"Label\", -1).", nameof(columns));
        (string Name, int Column)[] wanted = [.. columns];
        var file = new CorpusFile(path);
        return new SentencesView([], names, () => new ConllReader(file, wanted, skipComments).Read());
    }

    /// <summary>Writes columns in the format of the CoNLL shared tasks: one word a line, its columns between tabs, an empty line after each sentence.</summary>
    /// <remarks>
    /// <c>conlleval.pl -d '\t'</c> reads such a file where the last two columns are the true and the predicted tag. Missing keys are written as nothing.
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columnNames">The columns in the order in which they are written: each <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with key values.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column not one value a word, or a text cannot stand in such a file.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
    public static void SaveAsConll(this DataOperationsCatalog catalog, IDataView data, string path, params string[] columnNames) =>
        CorpusWriter.Write(path, Writer(catalog, data, columnNames));

    /// <summary>Writes columns in the format of the CoNLL shared tasks to a stream, which stays open.</summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="data">The sentences.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="columnNames">The columns in the order in which they are written: each <c>Vector&lt;String&gt;</c> or <c>Vector&lt;Key&gt;</c> with key values.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one is missing or of another type.</exception>
    /// <exception cref="System.InvalidOperationException">A row has no words, a column not one value a word, or a text cannot stand in such a file.</exception>
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
