using System.CommandLine;

namespace MlNetRnn.Samples.Tags;

/// <summary>The format of the input and output of `predict`.</summary>
/// <param name="IsConllu">Whether input and output are CoNLL-U.</param>
/// <param name="TokenColumn">The column of CoNLL-U that is read; <see langword="null"/> for that of the model.</param>
/// <param name="TagColumn">The column of CoNLL-U that is filled.</param>
public sealed record PredictFormat(bool IsConllu = false, int? TokenColumn = null, int TagColumn = ConlluFormat.Upos);

/// <summary>The options of `predict`.</summary>
public sealed class PredictOptions
{
    private const string Conllu = "conllu", Lines = "lines";

    private readonly Option<string> _format = new("--format")
    {
        Description = $"{Lines}: one sentence or one frame per line; {Conllu}: CoNLL-U in and out, with one column filled and everything else unchanged.",
        DefaultValueFactory = _ => Lines,
    };

    private readonly Option<int?> _tokenColumn = new("--token-column")
    {
        Description = "With --format conllu: the column of the words, from 0. Default: the one that the model was trained on, or 1.",
    };

    private readonly Option<int> _tagColumn = new("--tag-column")
    {
        Description = "With --format conllu: the column to fill, from 0.",
        DefaultValueFactory = _ => ConlluFormat.Upos,
    };

    public PredictOptions() => _format.AcceptOnlyFromAmong(Lines, Conllu);

    public Option[] All => [_format, _tokenColumn, _tagColumn];

    public PredictFormat Of(ParseResult result) => new(result.GetValue(_format) == Conllu, result.GetValue(_tokenColumn), result.GetValue(_tagColumn));
}
