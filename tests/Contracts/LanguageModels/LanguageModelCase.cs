using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>The common part of the tests of language models: lines of a text that is read as one stream, and small models.</summary>
public abstract class LanguageModelCase
{
    private protected readonly MLContext _ml = new(1);

    private protected static RnnLanguageModelOptions Joined { get; } = LanguageModelContract.Tiny with { JoinRows = true, BackpropagationSteps = 16 };

    /// <summary>Lines about three topics.</summary>
    private protected static string[] Lines { get; } =
        [.. Enumerable.Range(0, 60).Select(i => $"{(i % 3) switch { 0 => "late", 1 => "double", _ => "locked" }} word{i % 7} word{i % 5}")];

    private protected IDataView Data(params string?[] texts) => _ml.LoadRows(texts.Length, i => new Line { Text = texts[i]! });

    private protected RnnLanguageModelTransformer Fit(RnnLanguageModelOptions options, params string?[] texts) => Fit(options, Data(texts));

    private protected RnnLanguageModelTransformer Fit(RnnLanguageModelOptions options, IDataView data) =>
        _ml.Transforms.Text.RnnLanguageModel(options).Fit(data);

    private protected RnnTextGenerator Generator(ITransformer model) => _ml.Rnn().CreateTextGenerator(model);

    /// <summary>Returns the log-probability of each text.</summary>
    private protected float[] Scores(ITransformer model, params string?[] texts) =>
        [.. model.Transform(Data(texts)).GetColumn<float>("LogProbability")];

    private protected sealed class Line
    {
        public string Text { get; set; } = "";
    }
}
