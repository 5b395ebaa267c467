using System.Collections.Concurrent;
using Microsoft.ML;
using MlNetRnn.Modules;

namespace MlNetRnn.Contracts;

/// <summary>
/// The contract of every trainer (docs/architecture.md lists C01–C27). A subclass supplies a trainer with a tiny network, a little data and
/// wrong schemas. The tests are in the files TrainerContract.*.cs, grouped by theme.
/// </summary>
public abstract partial class TrainerContract
{
    private static readonly ConcurrentDictionary<Type, Lazy<Fitted>> Shared = new();

    /// <summary>The trainer that this class tests. Every public estimator must have such a class (C27).</summary>
    public abstract Type Trainer { get; }

    /// <summary>The name of the golden models.</summary>
    protected virtual string GoldenName => Trainer.Name;

    /// <summary>The columns that the model adds.</summary>
    protected abstract string[] Outputs { get; }

    /// <summary>The columns that the model reads.</summary>
    protected virtual string[] Inputs => [((RnnTransformer)Model.Transformer).InputColumnName];

    /// <summary>The output column of numbers, which is compared with a tolerance.</summary>
    protected abstract string Score { get; }

    /// <summary>Creates a trainer with a tiny network: seed 1, one thread, two epochs, no validation, changed as requested.</summary>
    protected abstract IEstimator<ITransformer> Create(MLContext ml, Func<RnnTrainingOptions, RnnTrainingOptions>? change = null);

    /// <summary>Creates raw rows: the label as text, the sequences, and columns that must pass through, Id (Single) and Numbers (Vector of Single).</summary>
    protected abstract IDataView Data(MLContext ml, int rows);

    /// <summary>Creates the stock transforms that precede the trainer.</summary>
    protected abstract IEstimator<ITransformer> Preparation(MLContext ml);

    /// <summary>Returns prepared data with one column missing or of a wrong type, the parts of the message, and whether scoring reads that column.</summary>
    protected abstract IEnumerable<(IDataView Data, string[] Named, bool IsRead)> WrongSchemas(MLContext ml);

    /// <summary>Creates sequences that are hard to read: empty, all unknown, one token, long, missing, emoji, lone surrogates.</summary>
    protected abstract IDataView HardRows(MLContext ml);

    /// <summary>Measures predictions with the evaluator of the task.</summary>
    protected abstract double Quality(MLContext ml, IDataView scored);

    /// <summary>Computes the metric of validation rows that the training reports.</summary>
    protected virtual double Validated(MLContext ml, ITransformer model, IDataView validation) => Quality(ml, model.Transform(validation));

    /// <summary>The quality of a model that has memorized eight rows.</summary>
    protected virtual double Perfect => 1;

    /// <summary>The largest distance from the perfect quality after a model has memorized eight rows.</summary>
    protected virtual double Tolerance => 1e-6;

    /// <summary>The part of the model file that contains the network.</summary>
    protected virtual string NetworkPart => "Network.onnx";

    /// <summary>The number of optimizer steps for the rows of a batch.</summary>
    protected virtual int StepsPerBatch => 1;

    /// <summary>The number of networks that are trained, one after another.</summary>
    protected virtual int Trainings => 1;

    /// <summary>A part of the message for training data without rows.</summary>
    protected virtual string NoRows => "expected at least one row with a label, got none";

    /// <summary>Returns the norm of the gradient of each trainable parameter after one batch.</summary>
    protected abstract IEnumerable<(string Parameter, double Norm)> GradientNorms();

    private protected static (string Parameter, double Norm)[] Norms(ParameterSet parameters) =>
        [.. parameters.Trainable.Select(p => (p.Name, (double)p.Gradient!.norm().item<float>()))];

    private protected Fitted Model => Shared.GetOrAdd(GetType(), _ => new Lazy<Fitted>(Fit)).Value;

    private Fitted Fit()
    {
        var ml = new MLContext(1);
        IDataView raw = Data(ml, 60);
        ITransformer preparation = Preparation(ml).Fit(raw);
        IDataView prepared = preparation.Transform(raw);
        return new Fitted(ml, raw, preparation, prepared, Create(ml).Fit(prepared));
    }

    /// <summary>A model that is fitted once and shared by all tests that do not change it.</summary>
    private protected sealed record Fitted(MLContext Ml, IDataView Raw, ITransformer Preparation, IDataView Prepared, ITransformer Transformer)
    {
        public IDataView Scored => Transformer.Transform(Prepared);

        public byte[] Saved => Ml.SaveToBytes(Transformer);
    }

    private static IDataView Take(MLContext ml, IDataView data, int rows) => ml.Data.TakeRows(data, rows);
}
