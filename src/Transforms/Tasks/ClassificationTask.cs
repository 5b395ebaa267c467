using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>Classification (many-to-one): predicts one of K classes, ordinal or not, for a sequence.</summary>
internal sealed class ClassificationTask(TaskSpec spec, KeyValues? labels) : RnnTask(spec)
{
    public const string TaskName = "Classification";
    public const string Score = "Score", PredictedLabel = "PredictedLabel";
    private const string ColumnKind = "MulticlassClassification";

    public override string Name => TaskName;

    public override string Description => $"{Name} into {Spec.Classes} classes";

    public override IReadOnlyList<NetworkOutput> NetworkOutputs { get; } =
        [new NetworkOutput(NetworkSignature.Scores), .. NGramColumns.NetworkOutputs(spec), .. AttentionColumns.NetworkOutputs(spec)];

    public override IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new(spec.Column(PredictedLabel), new KeyDataViewType(typeof(uint), spec.Classes), PredictedLabelGetter, (annotations, setId) =>
        {
            labels?.AddTo(annotations, AnnotationKinds.KeyValues);
            annotations.AddScoreAnnotations(setId, ColumnKind, PredictedLabel);
        }),
        new(spec.Column(Score), new VectorDataViewType(NumberDataViewType.Single, spec.Classes),
            (results, current) => Getters.Vector(() => results.Values[0][current()]), (annotations, setId) =>
            {
                if (labels is not null) AddClassNames(annotations, labels);
                annotations.AddScoreAnnotations(setId, ColumnKind, Score);
            }),
        .. NGramColumns.Of(spec, output: 1, predicted: (results, row) => TensorPrimitives.IndexOfMax(results.Values[0][row])),
        .. AttentionColumns.Of(spec, output: spec.NGrams is null ? 1 : 2),
    ];

    /// <summary>Returns the columns of the output schema of an estimator for a label column.</summary>
    public static SchemaShape.Column[] OutputShape(SchemaShape.Column label, TaskSpec spec)
    {
        SchemaShape.Column? values = label.Annotations.Find(AnnotationKinds.KeyValues);
        SchemaShape.Column[] keyValues = values is { } v ? [SchemaShapes.Vector(AnnotationKinds.KeyValues, v.ItemType)] : [];
        SchemaShape.Column[] slots = values is { } w
            ? [SchemaShapes.Vector(AnnotationKinds.SlotNames, TextDataViewType.Instance), SchemaShapes.Vector(AnnotationKinds.TrainingLabelValues, w.ItemType)]
            : [];
        return
        [
            SchemaShapes.Key(spec.Column(PredictedLabel), [.. keyValues, .. ScoreAnnotations.Shape]),
            SchemaShapes.Vector(spec.Column(Score), NumberDataViewType.Single, [.. slots, .. ScoreAnnotations.Shape]),
            .. NGramColumns.OutputShape(spec),
            .. AttentionColumns.OutputShape(spec),
        ];
    }

    private static Delegate PredictedLabelGetter(IRowResults results, Func<int> current)
    {
        ValueGetter<uint> get = (ref uint value) => value = (uint)TensorPrimitives.IndexOfMax(results.Values[0][current()]) + 1;
        return get;
    }

    private static void AddClassNames(DataViewSchema.Annotations.Builder annotations, KeyValues labels)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> names = (ref VBuffer<ReadOnlyMemory<char>> value) =>
            new VBuffer<ReadOnlyMemory<char>>(labels.Count, [.. labels.Names.Select(name => name.AsMemory())]).CopyTo(ref value);
        annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, labels.Count), names);
        labels.AddTo(annotations, AnnotationKinds.TrainingLabelValues);
    }
}
