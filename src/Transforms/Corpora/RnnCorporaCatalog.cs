using MlNetRnn;
using MlNetRnn.Corpora;
using MlNetRnn.Files;

namespace Microsoft.ML;

/// <summary>Readers and writers of corpus files: sentences whose words have labels.</summary>
/// <remarks>
/// <para>Reading is lazy: each cursor opens the files again and holds one sentence in memory. If a line is malformed, reading throws a
/// <see cref="FormatException"/> with the file and the line number. If ML.NET reads on another thread, it wraps the exception;
/// <c>exception.GetBaseException()</c> returns the cause.</para>
/// <para>Files are UTF-8, with or without a byte-order mark. Lines end with LF or CR LF, or, in the whole file, with CR. A line of blanks or tabs is an empty
/// line. Files that are compressed with gzip are decompressed, regardless of their names; a damaged or incomplete file is rejected. A pipe is read once and
/// kept in memory.</para>
/// <para>Written files are UTF-8 without a byte-order mark, with line feeds. They are compressed if the name ends with <c>.gz</c>. They replace an existing
/// file only when they are complete.</para>
/// </remarks>
public static partial class RnnCorporaCatalog
{
    private const string Tokens = "Tokens", Label = "Label";

    /// <summary>Loads a CoNLL-U file, the format of Universal Dependencies (https://universaldependencies.org/format.html), one sentence per row.</summary>
    /// <remarks>
    /// <list type="table">
    /// <listheader><term>column</term><description>type and content</description></listheader>
    /// <item><term>SentenceId, Text</term><description>Text: the values of the comments <c># sent_id = …</c> and <c># text = …</c>; empty without
    /// such a comment</description></item>
    /// <item><term>Id, Form, Lemma, Upos, Xpos, Feats, Head, Deprel, Deps, Misc</term><description>Vector of Text of variable size: the ten columns of the
    /// file, one value per word, without blanks around it. A missing value is <c>_</c>, as in the file</description></item>
    /// <item><term>Comments</term><description>Vector of Text: the comment lines, unchanged, each with its <c>#</c></description></item>
    /// <item><term>AdditionalLines</term><description>Vector of Text: the lines that are not words, unchanged: multiword tokens
    /// (<c>3-4</c>) and empty nodes (<c>5.1</c>). Their first column is their position</description></item>
    /// </list>
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConllu(this DataOperationsCatalog catalog, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return catalog.LoadFromConllu([path]);
    }

    /// <summary>Loads several CoNLL-U files, such as the parts of a treebank, one after another, one sentence per row.</summary>
    /// <inheritdoc cref="LoadFromConllu(DataOperationsCatalog, string)" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="paths">The files.</param>
    /// <exception cref="System.ArgumentException">There are no files.</exception>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConllu(this DataOperationsCatalog catalog, IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        TextFile[] files = Files(paths);
        return new SentencesView(ConlluReader.TextColumns, ConlluReader.VectorColumns, () => files.SelectMany(file => new ConlluReader(file).Read()));
    }

    /// <summary>Loads tokens and labels from a file in the format of the CoNLL shared tasks, one sentence per row, into the columns Tokens and Label.</summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="tokenColumn">The column of the file that holds the tokens: from 0, or backwards from −1, which is the last one.</param>
    /// <param name="labelColumn">The column of the file that holds the labels, numbered in the same way.</param>
    /// <param name="skipComments">Whether comment lines are skipped; otherwise they are read as tokens.</param>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConll(
        this DataOperationsCatalog catalog, string path, int tokenColumn = 0, int labelColumn = -1, bool skipComments = false) =>
        catalog.LoadFromConll(path, skipComments, (Tokens, tokenColumn), (Label, labelColumn));

    /// <summary>
    /// Loads tokens and labels from several files in the format of the CoNLL shared tasks, one after another, into the columns Tokens and Label.
    /// </summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="paths">The files.</param>
    /// <param name="tokenColumn">The column of the files that holds the tokens: from 0, or backwards from −1, which is the last one.</param>
    /// <param name="labelColumn">The column of the files that holds the labels, numbered in the same way.</param>
    /// <param name="skipComments">Whether comment lines are skipped; otherwise they are read as tokens.</param>
    /// <exception cref="System.ArgumentException">There are no files.</exception>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConll(
        this DataOperationsCatalog catalog, IEnumerable<string> paths, int tokenColumn = 0, int labelColumn = -1, bool skipComments = false) =>
        catalog.LoadFromConll(paths, skipComments, (Tokens, tokenColumn), (Label, labelColumn));

    /// <summary>Loads any columns from a file in the format of the CoNLL shared tasks, one sentence per row.</summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="columns">The name of each column of the data and its column in the file: from 0, or backwards from −1, which is the last one.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one has no name, or two have the same.</exception>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConll(this DataOperationsCatalog catalog, string path, params (string Name, int Column)[] columns) =>
        catalog.LoadFromConll(path, skipComments: false, columns);

    /// <summary>Loads any columns from a file in the format of the CoNLL shared tasks, one sentence per row, with or without comments.</summary>
    /// <remarks>
    /// <para>Each column is a Vector of Text of variable size, one value per line, without blanks around it. Blanks or tabs separate the columns of the file.
    /// If a line contains a tab, only tabs separate its columns, so that a token may contain blanks. One or several empty lines separate sentences. The lines
    /// <c>-DOCSTART-</c>, <c>#begin document</c> and <c>#end document</c> end a sentence and are skipped.</para>
    /// <para>The lines of a sentence must have the same number of columns. Sentences may differ, as in CoNLL-2012, where each verb of a sentence has a column.
    /// But if blanks separate columns and all sentences of several lines have the same number of columns, a single line with more columns is rejected: it
    /// probably contains a value with a blank inside. A first or last column that is empty in the whole file (a tab at the beginning or end of each line) is
    /// rejected if columns are counted from that side.</para>
    /// <para>With <paramref name="skipComments"/>, lines that begin with <c>#</c> and a blank or tab are skipped if they precede the first token of a sentence.
    /// Lines within a sentence that begin with <c>#</c> and have another number of columns are skipped, too. A token <c>#</c> within a sentence is kept.</para>
    /// </remarks>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file.</param>
    /// <param name="skipComments">Whether comment lines are skipped; otherwise they are read as tokens.</param>
    /// <param name="columns">The name of each column of the data and its column in the file: from 0, or backwards from −1, which is the last one.</param>
    /// <exception cref="System.ArgumentException">There are no columns, or one has no name, or two have the same.</exception>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConll(
        this DataOperationsCatalog catalog, string path, bool skipComments, params (string Name, int Column)[] columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return catalog.LoadFromConll([path], skipComments, columns);
    }

    /// <summary>Loads any columns from several files in the format of the CoNLL shared tasks, one after another, with or without comments.</summary>
    /// <inheritdoc cref="LoadFromConll(DataOperationsCatalog, string, bool, ValueTuple{string, int}[])" path="/remarks"/>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="paths">The files.</param>
    /// <param name="skipComments">Whether comment lines are skipped; otherwise they are read as tokens.</param>
    /// <param name="columns">The name of each column of the data and its column in the files: from 0, or backwards from −1, which is the last one.</param>
    /// <exception cref="System.ArgumentException">There are no files or no columns, or a column has no name, or two have the same.</exception>
    /// <exception cref="System.IO.FileNotFoundException">A file does not exist.</exception>
    public static IDataView LoadFromConll(
        this DataOperationsCatalog catalog, IEnumerable<string> paths, bool skipComments, params (string Name, int Column)[] columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        string[] names = [.. columns.Select(column => column.Name)];
        if (names.Length == 0 || names.Any(string.IsNullOrEmpty) || names.Distinct().Count() < names.Length)
        {
            throw new ArgumentException(
                $"Columns: expected at least one, each with a different name, got ({string.Join(", ", names.Select(name => $"'{name}'"))}). "
                + "Name them as in (\"Token\", 0), (\"Label\", -1).",
                nameof(columns));
        }
        (string Name, int Column)[] wanted = [.. columns];
        ConllReader[] readers = [.. Files(paths).Select(file => new ConllReader(file, wanted, skipComments))];
        return new SentencesView([], names, () => readers.SelectMany(reader => reader.Read()));
    }

    /// <summary>
    /// Returns the size of the vectors in a text file of word vectors (the format of GloVe, fastText or word2vec): the embedding size of a network that uses
    /// them.
    /// </summary>
    /// <param name="catalog">The catalog of data operations.</param>
    /// <param name="path">The file, which may be compressed with gzip.</param>
    /// <exception cref="System.FormatException">The file contains no word vectors.</exception>
    /// <exception cref="System.IO.FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="System.IO.IOException">The file is a pipe, which the training could not read again, or cannot be read.</exception>
    public static int GetWordVectorSize(this DataOperationsCatalog catalog, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        var file = new TextFile(path);
        int size = new VectorFile(file).FindSize();
        return file.IsPipe
            ? throw new System.IO.IOException($"{path}: expected a file, which can be read twice, got a pipe. Save its content to a file.")
            : size;
    }

    private static TextFile[] Files(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        TextFile[] files = [.. paths.Select(path => new TextFile(path))];
        return files.Length > 0 ? files : throw new ArgumentException("Paths: expected at least one file, got none.", nameof(paths));
    }
}
