using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Decoding;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Tags;

namespace MlNetRnn.Tasks;

/// <summary>Many-to-many, aligned (lecture row L4): each step of a sequence has one of K tags.</summary>
internal sealed class TaggingTask : RnnTask
{
    public const string TaskName = "SequenceTagging";

    /// <summary>The roles under which a model file names the columns; all but the first two are absent where they are not wanted.</summary>
    public const string PredictedLabel = "PredictedLabel", Score = "Score", TopTags = "TopTags", TopScores = "TopScores", Alternatives = "Alternatives", AlternativeScores = "AlternativeScores";

    private readonly TaggingSpec _tagging;
    private readonly TagScheme? _scheme;
    private volatile TagDecoder? _decoder;

    /// <exception cref="FormatException">The file says nothing of tags.</exception>
    public TaggingTask(TaskSpec spec, KeyValues? labels) : base(spec)
    {
        _tagging = spec.Tagging ?? throw new FormatException("Model spec: expected what a tagger needs (Tagging), got nothing. The model file is damaged.");
        IReadOnlyList<string> names = labels?.Names ?? [.. Enumerable.Range(1, spec.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture))];
        _scheme = TagScheme.Of(names);
        NetworkOutputs = [new NetworkOutput(NetworkSignature.Emissions, OutputExtent.Step, spec.Classes)];
        NetworkConstants = TagDecoders.Weights(_tagging.Decoder);
        Columns = [.. OwnColumns(labels), .. SpanColumns.Of(spec, _scheme, Decoded), .. AttentionColumns.Of(spec, output: -1, isPerStep: true)];
    }

    public override string Name => TaskName;

    public override string Description => $"Sequence tagging with {Spec.Classes} tags";

    public override IReadOnlyList<NetworkOutput> NetworkOutputs { get; }

    public override IReadOnlyList<string> NetworkConstants { get; }

    public override IReadOnlyList<OutputColumn> Columns { get; }

    /// <summary>What an estimator for this task promises.</summary>
    /// <param name="spec">Which columns are wanted.</param>
    /// <param name="label">The label column that it is trained on.</param>
    public static SchemaShape.Column[] Promised(TaskSpec spec, SchemaShape.Column label)
    {
        DataViewType? values = label.IsVectorOfKeys() ? label.Annotations.Find(AnnotationKinds.KeyValues)?.ItemType : TextDataViewType.Instance;
        SchemaShape.Column[] keyValues = values is null ? [] : [SchemaShapes.Vector(AnnotationKinds.KeyValues, values)];
        IEnumerable<SchemaShape.Column> Wanted(string role, Func<string, SchemaShape.Column> make) => spec.Columns.TryGetValue(role, out string? name) ? [make(name)] : [];
        return
        [
            SchemaShapes.VariableVectorOfKeys(spec.Column(PredictedLabel), keyValues),
            SchemaShapes.VariableVector(spec.Column(Score), NumberDataViewType.Single),
            .. Wanted(TopTags, name => SchemaShapes.VariableVectorOfKeys(name, keyValues)),
            .. Wanted(TopScores, name => SchemaShapes.VariableVector(name, NumberDataViewType.Single)),
            .. Wanted(Alternatives, name => SchemaShapes.VariableVectorOfKeys(name, keyValues)),
            .. Wanted(AlternativeScores, name => SchemaShapes.VariableVector(name, NumberDataViewType.Single)),
            .. SpanColumns.Promised(spec),
            .. AttentionColumns.Promised(spec),
        ];
    }

    private IEnumerable<OutputColumn> OwnColumns(KeyValues? labels)
    {
        var keys = new VectorDataViewType(new KeyDataViewType(typeof(uint), Spec.Classes));
        var numbers = new VectorDataViewType(NumberDataViewType.Single);
        void Names(DataViewSchema.Annotations.Builder annotations, uint setId) => labels?.AddTo(annotations, AnnotationKinds.KeyValues);
        yield return new(Spec.Column(PredictedLabel), keys, Keys(decoding => decoding.Tags), Names);
        yield return new(Spec.Column(Score), numbers, Numbers((decoding, length) => Fitted([.. Enumerable.Range(0, decoding.Tags.Length).Select(decoding.Confidence)], length)));
        if (Spec.Columns.TryGetValue(TopTags, out string? topTags))
            yield return new(topTags, keys, Keys(decoding => Top(decoding).Tags, perStep: TopCount), Names);
        if (Spec.Columns.TryGetValue(TopScores, out string? topScores))
            yield return new(topScores, numbers, Numbers((decoding, length) => Fitted(Top(decoding).Scores, length * TopCount)));
        if (Spec.Columns.TryGetValue(Alternatives, out string? alternatives))
            yield return new(alternatives, keys, (results, current) => Getters.Vector(() => Decoded(results, current()).Best(_tagging.Alternatives).SelectMany(sequence => Fitted(ToKeys(sequence.Tags), results.Length(current()))).ToArray()), Names);
        if (Spec.Columns.TryGetValue(AlternativeScores, out string? scores))
            yield return new(scores, numbers, Numbers((decoding, length) => length == 0 ? [] : [.. decoding.Best(_tagging.Alternatives).Select(sequence => (float)sequence.Probability)]));
    }

    /// <summary>As many sequences as are asked for must be followed, and the first of them is the prediction.</summary>
    private int BeamWidth => Spec.Columns.ContainsKey(Alternatives) || Spec.Columns.ContainsKey(AlternativeScores) ? Math.Max(_tagging.BeamWidth, _tagging.Alternatives) : _tagging.BeamWidth;

    private int TopCount => Math.Min(_tagging.TopTags, Spec.Classes);

    private Func<IRowResults, Func<int>, Delegate> Keys(Func<TagDecoding, int[]> tags, int perStep = 1) =>
        (results, current) => Getters.Vector(() => Fitted(ToKeys(tags(Decoded(results, current()))), results.Length(current()) * perStep));

    private Func<IRowResults, Func<int>, Delegate> Numbers(Func<TagDecoding, int, float[]> numbers) =>
        (results, current) => Getters.Vector(() => numbers(Decoded(results, current()), results.Length(current())));

    private static uint[] ToKeys(int[] tags) => Array.ConvertAll(tags, tag => (uint)tag + 1);

    /// <summary>A value for every step that the row has: 0, a missing key, for those beyond the maximum length; none for an empty row.</summary>
    private static T[] Fitted<T>(T[] values, int length)
    {
        if (values.Length != length) Array.Resize(ref values, length);
        return values;
    }

    private TagDecoding Decoded(IRowResults results, int row)
    {
        // Any thread may create it: the constants are the same for all.
        _decoder ??= TagDecoders.Create(_tagging.Decoder, new TagDecoderPlan(Spec.Classes, _tagging.KeepsRules ? _scheme : null, BeamWidth), results.Constants);
        return (TagDecoding)(results.Kept(row) ??= _decoder.Decode(results.Values[0][row]));
    }

    private (int[] Tags, float[] Scores) Top(TagDecoding decoding)
    {
        int count = TopCount, steps = decoding.Tags.Length;
        (int[] tags, float[] scores) = (new int[steps * count], new float[steps * count]);
        for (int t = 0; t < steps; t++)
        {
            float[] step = decoding.Probabilities[(t * Spec.Classes)..((t + 1) * Spec.Classes)];
            int[] order = [.. Enumerable.Range(0, step.Length).OrderByDescending(tag => step[tag]).Take(count)];
            for (int i = 0; i < count; i++) (tags[t * count + i], scores[t * count + i]) = (order[i], step[order[i]]);
        }
        return (tags, scores);
    }
}
