using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>Regression (many-to-one): predicts a number for a sequence, such as a star rating.</summary>
internal sealed class RegressionTask(TaskSpec spec) : RnnTask(spec)
{
    public const string TaskName = "Regression";
    public const string Score = "Score";

    public override string Name => TaskName;

    public override IReadOnlyList<NetworkOutput> NetworkOutputs { get; } =
        [new NetworkOutput(NetworkSignature.Scores), .. NGramColumns.NetworkOutputs(spec), .. AttentionColumns.NetworkOutputs(spec)];

    public override IReadOnlyList<OutputColumn> Columns { get; } =
    [
        new(spec.Column(Score), NumberDataViewType.Single, (results, current) => Getters.Number(() => results.Values[0][current()]),
            (annotations, setId) => annotations.AddScoreAnnotations(setId, TaskName, Score)),
        .. NGramColumns.Of(spec, output: 1),
        .. AttentionColumns.Of(spec, output: spec.NGrams is null ? 1 : 2),
    ];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static SchemaShape.Column[] OutputShape(TaskSpec spec) =>
    [
        SchemaShapes.Scalar(spec.Column(Score), NumberDataViewType.Single, ScoreAnnotations.Shape), .. NGramColumns.OutputShape(spec),
        .. AttentionColumns.OutputShape(spec),
    ];
}
