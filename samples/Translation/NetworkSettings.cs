using System.CommandLine;

namespace MlNetRnn.Samples.Translation;

/// <summary>The options for units and network. The defaults are those of the library, except for the number of subwords.</summary>
internal sealed class NetworkSettings
{
    private static readonly RnnTranslationNetworkOptions Defaults = new();

    private readonly Option<string> _unit = new("--unit") { Description = "The unit that texts are divided into.", DefaultValueFactory = _ => "subword" };

    private readonly Option<int> _subwords = new("--subwords")
    {
        Description = "Maximum number of subwords of each vocabulary, if they are the unit.",
        DefaultValueFactory = _ => 8000,
    };

    private readonly Option<bool> _jointVocabulary = new("--joint-vocabulary") { Description = "Source and target have one vocabulary." };

    private readonly Option<bool> _tiedEmbeddings = new("--tied-embeddings")
    {
        Description = "The vectors of the target symbols are also the weights of the output.",
    };

    private readonly Option<string> _cell = new("--cell") { Description = "The recurrent cell.", DefaultValueFactory = _ => "gru" };

    private readonly Option<int> _layers = new("--layers")
    {
        Description = "Number of stacked layers of encoder and decoder.",
        DefaultValueFactory = _ => Defaults.Layers,
    };

    private readonly Option<int> _hidden = new("--hidden")
    {
        Description = "Size of the state of each layer.",
        DefaultValueFactory = _ => Defaults.HiddenSize,
    };

    private readonly Option<int> _embedding = new("--embedding")
    {
        Description = "Size of the vector of a symbol.",
        DefaultValueFactory = _ => Defaults.EmbeddingSize,
    };

    private readonly Option<float> _dropout = new("--dropout") { Description = "Probability of dropout.", DefaultValueFactory = _ => Defaults.Dropout };

    private readonly Option<string> _attention = new("--attention")
    {
        Description = "How the decoder reads the source. With dot, each direction of the encoder has half of the size.",
        DefaultValueFactory = _ => "additive",
    };

    private readonly Option<bool> _inputFeeding = new("--input-feeding")
    {
        Description = "The output of the attention is also an input of the next step (for dot and general).",
    };

    public Option[] All =>
        [_unit, _subwords, _jointVocabulary, _tiedEmbeddings, _cell, _layers, _hidden, _embedding, _dropout, _attention, _inputFeeding];

    /// <summary>Completes the options; to be called once.</summary>
    public void AcceptOnlyKnownValues()
    {
        _unit.AcceptOnlyFromAmong("subword", "word", "whitespace", "character");
        _cell.AcceptOnlyFromAmong([.. CellNames.Recurrent]);
        _attention.AcceptOnlyFromAmong("none", "additive", "dot", "general");
    }

    /// <summary>Returns options of the trainer with units and network.</summary>
    public RnnTranslationOptions Of(ParseResult result)
    {
        RnnLanguageUnit unit = Enum.Parse<RnnLanguageUnit>(result.GetRequiredValue(_unit), ignoreCase: true);
        RnnAttention attention = Enum.Parse<RnnAttention>(result.GetRequiredValue(_attention), ignoreCase: true);
        return new RnnTranslationOptions
        {
            Unit = unit,
            MaximumVocabularySize = unit == RnnLanguageUnit.Subword ? result.GetValue(_subwords) : null,
            JointVocabulary = result.GetValue(_jointVocabulary),
            Network = new RnnTranslationNetworkOptions
            {
                Cell = CellNames.Of(result.GetRequiredValue(_cell)),
                Layers = result.GetValue(_layers),
                HiddenSize = result.GetValue(_hidden),
                // The two directions of the encoder together are as large as the decoder.
                EncoderHiddenSize = attention == RnnAttention.Dot ? result.GetValue(_hidden) / 2 : null,
                EmbeddingSize = result.GetValue(_embedding),
                Dropout = result.GetValue(_dropout),
                Attention = attention,
                InputFeeding = result.GetValue(_inputFeeding),
                TiedEmbeddings = result.GetValue(_tiedEmbeddings),
            },
        };
    }
}
