namespace MlNetRnn.Columns;

/// <summary>The names of the annotations that the evaluators and converters of ML.NET read.</summary>
internal static class AnnotationKinds
{
    public const string KeyValues = "KeyValues";
    public const string SlotNames = "SlotNames";
    public const string TrainingLabelValues = "TrainingLabelValues";
    public const string ScoreColumnSetId = "ScoreColumnSetId";
    public const string ScoreColumnKind = "ScoreColumnKind";
    public const string IsNormalized = "IsNormalized";
    public const string ScoreValueKind = "ScoreValueKind";
}
