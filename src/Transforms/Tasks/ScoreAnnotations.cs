using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Tasks;

/// <summary>The annotations by which the evaluators of ML.NET recognize the columns of one scorer.</summary>
internal static class ScoreAnnotations
{
    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>The annotations in the output schema of an estimator.</summary>
    public static SchemaShape.Column[] Shape { get; } =
    [
        SchemaShapes.Key(AnnotationKinds.ScoreColumnSetId),
        SchemaShapes.Scalar(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance),
        SchemaShapes.Scalar(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance),
    ];

    /// <summary>The additional annotation of a column of probabilities in the output schema of an estimator.</summary>
    public static SchemaShape.Column IsNormalizedShape { get; } = SchemaShapes.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);

    /// <summary>Adds the annotation that a column holds numbers from 0 to 1.</summary>
    public static void AddIsNormalized(this DataViewSchema.Annotations.Builder annotations) =>
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);

    /// <summary>Adds the annotations of a column of the transformer.</summary>
    public static void AddScoreAnnotations(this DataViewSchema.Annotations.Builder annotations, uint setId, string columnKind, string valueKind)
    {
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, SetIdType, setId);
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
    }

    /// <summary>Returns a number that no earlier scorer in the pipeline has.</summary>
    public static uint NextSetId(DataViewSchema input)
    {
        uint highest = 0;
        foreach (DataViewSchema.Column column in input)
        {
            DataViewSchema.Column? annotation = column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId);
            if (annotation is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint)) continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }
        return highest + 1;
    }
}
