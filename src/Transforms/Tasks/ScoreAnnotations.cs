using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.MLNetBridge;

namespace MlNetRnn.Tasks;

/// <summary>The annotations by which ML.NET's evaluators recognise the columns that belong to one scorer.</summary>
internal static class ScoreAnnotations
{
    private static readonly KeyDataViewType SetIdType = new(typeof(uint), int.MaxValue);

    /// <summary>What an estimator promises.</summary>
    public static SchemaShape.Column[] Promised { get; } =
    [
        SchemaShapes.Key(AnnotationKinds.ScoreColumnSetId),
        SchemaShapes.Scalar(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance),
        SchemaShapes.Scalar(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance),
    ];

    /// <summary>What an estimator promises besides of a column that holds probabilities.</summary>
    public static SchemaShape.Column PromisedIsNormalized { get; } = SchemaShapes.Scalar(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance);

    /// <summary>Says that a column holds numbers between 0 and 1.</summary>
    public static void AddIsNormalized(this DataViewSchema.Annotations.Builder annotations) =>
        annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);

    /// <summary>What the transformer delivers.</summary>
    public static void AddScoreAnnotations(this DataViewSchema.Annotations.Builder annotations, uint setId, string columnKind, string valueKind)
    {
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreColumnSetId, SetIdType, setId);
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreColumnKind, TextDataViewType.Instance, columnKind.AsMemory());
        annotations.AddPrimitiveValue(AnnotationKinds.ScoreValueKind, TextDataViewType.Instance, valueKind.AsMemory());
    }

    /// <summary>A number that no other scorer before this one in the pipeline has.</summary>
    public static uint NextSetId(DataViewSchema input)
    {
        uint highest = 0;
        foreach (DataViewSchema.Column column in input)
        {
            if (column.Annotations.Schema.GetColumnOrNull(AnnotationKinds.ScoreColumnSetId) is not { Type: KeyDataViewType { RawType: var raw } } || raw != typeof(uint)) continue;
            uint id = 0;
            column.Annotations.GetValue(AnnotationKinds.ScoreColumnSetId, ref id);
            highest = Math.Max(highest, id);
        }
        return highest + 1;
    }
}
