namespace MlNetRnn;

/// <summary>
/// The columns of the data that are written to the columns of a CoNLL-U file. The defaults are the names that <c>LoadFromConllu</c> creates. To write
/// predictions, replace a name: <c>new RnnConlluColumns { Upos = "PredictedLabel" }</c>.
/// </summary>
/// <remarks>
/// <para>Each column is a <c>Vector&lt;String&gt;</c>, or a <c>Vector&lt;Key&gt;</c> with key values, with one value per word. Missing keys and empty texts are
/// written as <c>_</c>. A column with its default name is optional; if it is missing, <c>_</c> is written. A column with another name must exist.</para>
/// <para>The first column of the file is the number of the word, from 1.</para>
/// </remarks>
public sealed record RnnConlluColumns
{
    /// <summary>The words. This column is required.</summary>
    /// <value>The default is "Form".</value>
    public string Form { get; init; } = "Form";

    /// <summary>Lemmas.</summary>
    /// <value>The default is "Lemma".</value>
    public string Lemma { get; init; } = "Lemma";

    /// <summary>Universal part-of-speech tags.</summary>
    /// <value>The default is "Upos".</value>
    public string Upos { get; init; } = "Upos";

    /// <summary>Language-specific part-of-speech tags.</summary>
    /// <value>The default is "Xpos".</value>
    public string Xpos { get; init; } = "Xpos";

    /// <summary>Morphological features.</summary>
    /// <value>The default is "Feats".</value>
    public string Feats { get; init; } = "Feats";

    /// <summary>The number of the head of each word; 0 for the root.</summary>
    /// <value>The default is "Head".</value>
    public string Head { get; init; } = "Head";

    /// <summary>Dependency relations to the head.</summary>
    /// <value>The default is "Deprel".</value>
    public string Deprel { get; init; } = "Deprel";

    /// <summary>Enhanced dependencies.</summary>
    /// <value>The default is "Deps".</value>
    public string Deps { get; init; } = "Deps";

    /// <summary>Other annotations.</summary>
    /// <value>The default is "Misc".</value>
    public string Misc { get; init; } = "Misc";

    /// <summary>The comment lines of a sentence, each with its <c>#</c>.</summary>
    /// <value>The default is "Comments".</value>
    public string Comments { get; init; } = "Comments";

    /// <summary>The lines of multiword tokens and empty nodes; their first column contains their position.</summary>
    /// <value>The default is "AdditionalLines".</value>
    public string AdditionalLines { get; init; } = "AdditionalLines";

    /// <summary>The identifier of the sentence, one text per row; written if there is no column of comments.</summary>
    /// <value>The default is "SentenceId".</value>
    public string SentenceId { get; init; } = "SentenceId";

    /// <summary>The text of the sentence, one text per row; written if there is no column of comments.</summary>
    /// <value>The default is "Text".</value>
    public string Text { get; init; } = "Text";
}
