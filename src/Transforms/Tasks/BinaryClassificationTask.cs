using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>Binary classification (many-to-one): predicts whether a sequence belongs to the class true.</summary>
internal sealed class BinaryClassificationTask(TaskSpec spec) : RnnTask(spec)
{
    public const string TaskName = "BinaryClassification";
    public const string PredictedLabel = "PredictedLabel", Score = "Score", Probability = "Probability";

    public override string Name => TaskName;

    public override string Description => "Binary classification";

    public override IReadOnlyList<NetworkOutput> NetworkOutputs { get; } =
        [new NetworkOutput(NetworkSignature.Scores), new NetworkOutput(NetworkSignature.Probability), .. AttentionColumns.NetworkOutputs(spec)];

    public override IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new(spec.Column(PredictedLabel), BooleanDataViewType.Instance, PredictedLabelGetter,
            (annotations, setId) => annotations.AddScoreAnnotations(setId, TaskName, PredictedLabel)),
        new(spec.Column(Score), NumberDataViewType.Single, (results, current) => Getters.Number(() => results.Values[0][current()]),
            (annotations, setId) => annotations.AddScoreAnnotations(setId, TaskName, Score)),
        new(spec.Column(Probability), NumberDataViewType.Single, (results, current) => Getters.Number(() => results.Values[1][current()]),
            (annotations, setId) =>
            {
                annotations.AddScoreAnnotations(setId, TaskName, Probability);
                annotations.AddIsNormalized();
            }),
        .. AttentionColumns.Of(spec, output: 2),
    ];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static SchemaShape.Column[] OutputShape(TaskSpec spec) =>
    [
        SchemaShapes.Scalar(spec.Column(PredictedLabel), BooleanDataViewType.Instance, ScoreAnnotations.Shape),
        SchemaShapes.Scalar(spec.Column(Score), NumberDataViewType.Single, ScoreAnnotations.Shape),
        SchemaShapes.Scalar(spec.Column(Probability), NumberDataViewType.Single, [.. ScoreAnnotations.Shape, ScoreAnnotations.IsNormalizedShape]),
        .. AttentionColumns.OutputShape(spec),
    ];

    private static Delegate PredictedLabelGetter(IRowResults results, Func<int> current)
    {
        ValueGetter<bool> get = (ref bool value) => value = results.Values[0][current()][0] > 0;
        return get;
    }
}
