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

    /// <summary>The logit of a probability that a float cannot tell from 1.</summary>
    private const double MaximumScore = 20;

    public override string Name => TaskName;

    public override string Description => "Binary classification";

    public override IReadOnlyList<NetworkOutput> NetworkOutputs { get; } =
    [
        new NetworkOutput(NetworkSignature.Scores), new NetworkOutput(NetworkSignature.Probability), .. NGramColumns.NetworkOutputs(spec),
        .. AttentionColumns.NetworkOutputs(spec),
    ];

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
        .. NGramColumns.Of(spec, output: 2),
        .. AttentionColumns.Of(spec, output: spec.NGrams is null ? 2 : 3),
    ];

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    public static SchemaShape.Column[] OutputShape(TaskSpec spec) =>
    [
        SchemaShapes.Scalar(spec.Column(PredictedLabel), BooleanDataViewType.Instance, ScoreAnnotations.Shape),
        SchemaShapes.Scalar(spec.Column(Score), NumberDataViewType.Single, ScoreAnnotations.Shape),
        SchemaShapes.Scalar(spec.Column(Probability), NumberDataViewType.Single, [.. ScoreAnnotations.Shape, ScoreAnnotations.IsNormalizedShape]),
        .. NGramColumns.OutputShape(spec),
        .. AttentionColumns.OutputShape(spec),
    ];

    /// <summary>Computes the mean of the probabilities, and its logit as the score.</summary>
    public override void Combine(IReadOnlyList<EnsembleMember> members, int rows, RowValues[] outputs)
    {
        base.Combine(members, rows, outputs);
        for (int row = 0; row < rows; row++)
        {
            double probability = outputs[1][row][0];
            outputs[0].Set(row, [(float)Math.Clamp(Math.Log(probability) - Math.Log(1 - probability), -MaximumScore, MaximumScore)]);
        }
    }

    private static Delegate PredictedLabelGetter(IRowResults results, Func<int> current)
    {
        ValueGetter<bool> get = (ref bool value) => value = results.Values[0][current()][0] > 0;
        return get;
    }
}
