using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Hosting;
using MlNetRnn.Networks;

namespace MlNetRnn.Tasks;

/// <summary>Many-to-one (lecture row L3): a sequence belongs to one of K classes.</summary>
internal sealed class ClassificationTask(TaskSpec spec, KeyValues? labels) : RnnTask
{
    public const string TaskName = "Classification";
    public const string Score = "Score", PredictedLabel = "PredictedLabel";
    private const string ColumnKind = "MulticlassClassification";

    private readonly string _score = spec.Column(Score), _predictedLabel = spec.Column(PredictedLabel);

    public override string Name => TaskName;

    public override string[] NetworkOutputs => [NetworkSignature.Scores];

    /// <summary>What an estimator for this task promises, given the label column that it is trained on.</summary>
    public static SchemaShape.Column[] Promised(SchemaShape.Column label, string score, string predictedLabel)
    {
        SchemaShape.Column? values = label.Annotations.Find(AnnotationKinds.KeyValues);
        SchemaShape.Column[] keyValues = values is { } v ? [SchemaShapes.Vector(AnnotationKinds.KeyValues, v.ItemType)] : [];
        SchemaShape.Column[] slots = values is { } w
            ? [SchemaShapes.Vector(AnnotationKinds.SlotNames, TextDataViewType.Instance), SchemaShapes.Vector(AnnotationKinds.TrainingLabelValues, w.ItemType)]
            : [];
        return
        [
            SchemaShapes.Key(predictedLabel, [.. keyValues, .. ScoreAnnotations.Promised]),
            SchemaShapes.Vector(score, NumberDataViewType.Single, [.. slots, .. ScoreAnnotations.Promised]),
        ];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns(DataViewSchema input)
    {
        uint setId = ScoreAnnotations.NextSetId(input);
        var predicted = new DataViewSchema.Annotations.Builder();
        labels?.AddTo(predicted, AnnotationKinds.KeyValues);
        predicted.AddScoreAnnotations(setId, ColumnKind, PredictedLabel);

        var score = new DataViewSchema.Annotations.Builder();
        if (labels is not null)
        {
            ValueGetter<VBuffer<ReadOnlyMemory<char>>> names = (ref VBuffer<ReadOnlyMemory<char>> value) =>
                new VBuffer<ReadOnlyMemory<char>>(labels.Count, [.. labels.Names.Select(name => name.AsMemory())]).CopyTo(ref value);
            score.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, labels.Count), names);
            labels.AddTo(score, AnnotationKinds.TrainingLabelValues);
        }
        score.AddScoreAnnotations(setId, ColumnKind, Score);
        return
        [
            new(_predictedLabel, new KeyDataViewType(typeof(uint), spec.Classes), predicted.ToAnnotations()),
            new(_score, new VectorDataViewType(NumberDataViewType.Single, spec.Classes), score.ToAnnotations()),
        ];
    }

    public override Delegate CreateGetter(int output, Func<RowValues[]> results, Func<int> current)
    {
        ReadOnlySpan<float> Row() => results()[0][current()];
        ValueGetter<uint> predictedLabel = (ref uint value) => value = (uint)IndexOfMaximum(Row()) + 1;
        ValueGetter<VBuffer<float>> score = (ref VBuffer<float> value) =>
        {
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, spec.Classes);
            Row().CopyTo(editor.Values);
            value = editor.Commit();
        };
        return new Delegate[] { predictedLabel, score }[output];
    }

    private static int IndexOfMaximum(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }
}
