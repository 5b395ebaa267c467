namespace MlNetRnn;

/// <summary>
/// Which columns of the data become which columns of a CoNLL-U file. The defaults are the names that <c>LoadFromConllu</c> gives; a column of
/// predictions takes the place of one: <c>new RnnConlluColumns { Upos = "PredictedLabel" }</c>.
/// </summary>
/// <remarks>
/// <para>Each column is a <c>Vector&lt;String&gt;</c> or a <c>Vector&lt;Key&gt;</c> with key values, one value a word. A missing key and empty text are
/// written as <c>_</c>, as is a column that the data lacks under its default name; a column under another name must be there.</para>
/// <para>The first column of the file needs none: it is the number of the word, from 1.</para>
/// </remarks>
public sealed record RnnConlluColumns
{
    /// <summary>The words. This column must be there.</summary>
    /// <value>The default is "Form".</value>
    public string Form { get; init; } = "Form";

    /// <summary>Lemmas.</summary>
    /// <value>The default is "Lemma".</value>
    public string Lemma { get; init; } = "Lemma";

    /// <summary>Universal part-of-speech tags.</summary>
    /// <value>The default is "Upos".</value>
    public string Upos { get; init; } = "Upos";

    /// <summary>Part-of-speech tags of the language or treebank.</summary>
    /// <value>The default is "Xpos".</value>
    public string Xpos { get; init; } = "Xpos";

    /// <summary>Morphological features.</summary>
    /// <value>The default is "Feats".</value>
    public string Feats { get; init; } = "Feats";

    /// <summary>The numbers of the words' heads; 0 for the root.</summary>
    /// <value>The default is "Head".</value>
    public string Head { get; init; } = "Head";

    /// <summary>Dependency relations to the head.</summary>
    /// <value>The default is "Deprel".</value>
    public string Deprel { get; init; } = "Deprel";

    /// <summary>Enhanced dependencies.</summary>
    /// <value>The default is "Deps".</value>
    public string Deps { get; init; } = "Deps";

    /// <summary>Anything else.</summary>
    /// <value>The default is "Misc".</value>
    public string Misc { get; init; } = "Misc";

    /// <summary>The comment lines of a sentence, each with its <c>#</c>.</summary>
    /// <value>The default is "Comments".</value>
    public string Comments { get; init; } = "Comments";

    /// <summary>The lines of multi-word ranges and empty nodes; their first column says where they belong.</summary>
    /// <value>The default is "AdditionalLines".</value>
    public string AdditionalLines { get; init; } = "AdditionalLines";

    /// <summary>The identifier of a sentence, one text a row; written where there is no column of comments.</summary>
    /// <value>The default is "SentenceId".</value>
    public string SentenceId { get; init; } = "SentenceId";

    /// <summary>The text of a sentence, one text a row; written where there is no column of comments.</summary>
    /// <value>The default is "Text".</value>
    public string Text { get; init; } = "Text";
}
