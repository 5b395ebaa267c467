namespace MlNetRnn.Samples.TextClassification;

/// <summary>What --task chooses.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="IsNumeric">Whether labels are numbers.</param>
internal sealed record TextTask(string Name, bool IsNumeric)
{
    public static readonly TextTask Multiclass = new("multiclass", false), Binary = new("binary", false), Regression = new("regression", true), Ordinal = new("ordinal", true);

    public static readonly TextTask[] All = [Multiclass, Binary, Regression, Ordinal];
}
