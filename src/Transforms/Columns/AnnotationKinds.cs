namespace MlNetRnn.Columns;

/// <summary>The names under which ML.NET's evaluators and converters look for what is known about a column.</summary>
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
