using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

/// <summary>
/// What every trainer must keep (docs/architecture.md lists the contracts C01–C27). A subclass supplies a trainer over a tiny network, a
/// little data, and wrong schemas; the facts are spread over the files TrainerContract.*.cs by theme.
/// </summary>
public abstract partial class TrainerContract
{
    private static readonly ConcurrentDictionary<Type, Lazy<Fitted>> Shared = new();

    /// <summary>The type that this class tests: every public estimator must have such a class (C27).</summary>
    public abstract Type Trainer { get; }

    /// <summary>The name of its golden models.</summary>
    protected virtual string GoldenName => Trainer.Name;

    /// <summary>The columns that the model adds.</summary>
    protected abstract string[] Outputs { get; }

    /// <summary>The columns that the model reads.</summary>
    protected virtual string[] Inputs => [Model.Transformer.InputColumnName];

    /// <summary>The column of numbers among them, compared with a tolerance.</summary>
    protected abstract string Score { get; }

    /// <summary>A trainer over a tiny network: seed 1, one thread, two epochs, no validation, changed as asked for.</summary>
    protected abstract IEstimator<RnnTransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null);

    /// <summary>Raw rows with the label as text, the sequences, and columns that must pass through: Id (Single) and Numbers (Vector of Single).</summary>
    protected abstract IDataView Data(MLContext ml, int rows);

    /// <summary>The stock transforms that the trainer needs before it.</summary>
    protected abstract IEstimator<ITransformer> Preparation(MLContext ml);

    /// <summary>Prepared data with one column missing or of a wrong type, what the message must name, and whether scoring reads that column.</summary>
    protected abstract IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml);

    /// <summary>Sequences that are hard to read: empty, all unknown, one token, long, missing, emoji, lone surrogates.</summary>
    protected abstract IDataView HardRows(MLContext ml);

    /// <summary>How well the model knows these rows: 1 is perfect, by the stock evaluator.</summary>
    protected abstract double Quality(MLContext ml, IDataView scored);

    /// <summary>How far from 1 a model may be that has learned eight rows by heart.</summary>
    protected virtual double Tolerance => 1e-6;

    /// <summary>The norm of the gradient of each trainable parameter after one batch.</summary>
    protected abstract IEnumerable<(string Parameter, double Norm)> GradientNorms();

    private protected Fitted Model => Shared.GetOrAdd(GetType(), _ => new Lazy<Fitted>(Fit)).Value;

    private Fitted Fit()
    {
        var ml = new MLContext(1);
        IDataView raw = Data(ml, 60);
        ITransformer preparation = Preparation(ml).Fit(raw);
        IDataView prepared = preparation.Transform(raw);
        return new Fitted(ml, raw, preparation, prepared, Create(ml).Fit(prepared));
    }

    /// <summary>A model fitted once for all facts that do not change it.</summary>
    private protected sealed record Fitted(MLContext Ml, IDataView Raw, ITransformer Preparation, IDataView Prepared, RnnTransformer Transformer)
    {
        public IDataView Scored => Transformer.Transform(Prepared);
    }

    private static IDataView Take(MLContext ml, IDataView data, int rows) => ml.Data.TakeRows(data, rows);

    private static byte[] Save(MLContext ml, ITransformer model, DataViewSchema? schema)
    {
        using var stream = new MemoryStream();
        ml.Model.Save(model, schema, stream);
        return stream.ToArray();
    }

    /// <summary>The innermost message: what the library itself said, below ML.NET's wrappings.</summary>
    internal static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}
