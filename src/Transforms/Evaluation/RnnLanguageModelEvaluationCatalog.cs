using MlNetRnn;
using MlNetRnn.Evaluation;
using MlNetRnn.LanguageModels;

namespace Microsoft.ML;

/// <summary>Evaluation of language models, at <c>mlContext.Rnn()</c>.</summary>
public static class RnnLanguageModelEvaluationCatalog
{
    /// <summary>Evaluates a language model on rows: computes its cross-entropy per symbol, per character and per word.</summary>
    /// <remarks>
    /// A model that was trained with <c>JoinRows</c> reads the rows as one stream: its state goes on from row to row. All its symbols are then in memory, in 16
    /// bytes each. Other models read each row as a document of its own.
    /// </remarks>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="model">A language model, or a chain of transformers that contains one; those before it are applied first.</param>
    /// <param name="data">The rows.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">The model is not, and does not contain, a language model, or contains several.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The input column is missing or of another type than in training.</exception>
    public static RnnLanguageModelMetrics EvaluateLanguageModel(this RnnOperationsCatalog operations, ITransformer model, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ChainedLanguageModel chained = ChainedLanguageModel.Find(model, "Evaluation", nameof(model));
        foreach (ITransformer before in chained.Before) data = before.Transform(data);
        return new RnnLanguageModelMetrics(LanguageModelEvaluation.Count(chained.Model, data));
    }

    /// <summary>Evaluates rows that a language model has scored, each as a document of its own.</summary>
    /// <param name="operations">The operations of MlNetRnn.</param>
    /// <param name="data">The scored rows.</param>
    /// <param name="textColumnName">The column that the model read: texts, or sequences of units.</param>
    /// <param name="logProbabilityColumnName">The column of the log-probability of each row.</param>
    /// <param name="symbolLogProbabilitiesColumnName">
    /// The column of the log-probability of each symbol (<c>SymbolLogProbabilitiesColumnName</c> of the trainer), for the metrics per symbol;
    /// <see langword="null"/> to leave them out.
    /// </param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has another type.</exception>
    public static RnnLanguageModelMetrics EvaluateLanguageModel(
        this RnnOperationsCatalog operations,
        IDataView data,
        string textColumnName = "Text",
        string logProbabilityColumnName = "LogProbability",
        string? symbolLogProbabilitiesColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(operations);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(textColumnName);
        ArgumentException.ThrowIfNullOrEmpty(logProbabilityColumnName);
        return new RnnLanguageModelMetrics(
            LanguageModelEvaluation.Count(data, textColumnName, logProbabilityColumnName, symbolLogProbabilitiesColumnName));
    }
}
