using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRnn.Columns;
using MlNetRnn.Decoding;
using MlNetRnn.MLNetBridge;
using MlNetRnn.Networks;
using MlNetRnn.Tags;

namespace MlNetRnn.Tasks;

/// <summary>Sequence tagging (many-to-many, aligned): predicts one of K tags for each step of a sequence.</summary>
internal sealed class TaggingTask : RnnTask
{
    public const string TaskName = "SequenceTagging";

    /// <summary>The roles of the columns in a model file. All but the first two are optional.</summary>
    public const string PredictedLabel = "PredictedLabel", Score = "Score", TopTags = "TopTags", TopScores = "TopScores", Alternatives = "Alternatives",
        AlternativeScores = "AlternativeScores";

    private readonly TaggingSpec _tagging;
    private readonly TagScheme? _scheme;
    private volatile TagDecoder? _decoder;

    /// <exception cref="FormatException">The file lacks the settings of a tagger.</exception>
    public TaggingTask(TaskSpec spec, KeyValues? labels) : base(spec)
    {
        _tagging = spec.Tagging
            ?? throw new FormatException("Model spec: expected the settings of a tagger (Tagging), got nothing. The model file is damaged.");
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

    /// <summary>The tags of an ensemble are those with the greatest mean probability, of all sequences that follow the rules.</summary>
    public override TaskSpec EnsembleSpec => Spec with { Tagging = _tagging with { Decoder = TagDecoders.Independent, BeamWidth = 1 } };

    /// <summary>Computes the logarithm of the mean probability of each tag at each step, [T,K].</summary>
    public override void Combine(IReadOnlyList<EnsembleMember> members, int rows, RowValues[] outputs)
    {
        const float Least = 1e-30f; // its logarithm is finite
        for (int row = 0; row < rows; row++)
        {
            float[] mean = EnsembleMember.Mean(members, member => ((TaggingTask)member.Task).Decoded(member.Results, row).Probabilities);
            outputs[0].Set(row, Array.ConvertAll(mean, probability => MathF.Log(Math.Max(probability, Least))));
        }
    }

    /// <summary>Returns the columns of the output schema of an estimator.</summary>
    /// <param name="spec">The task, with the names of its columns.</param>
    /// <param name="label">The label column.</param>
    public static SchemaShape.Column[] OutputShape(TaskSpec spec, SchemaShape.Column label)
    {
        DataViewType? values = label.IsVectorOfKeys() ? label.Annotations.Find(AnnotationKinds.KeyValues)?.ItemType : TextDataViewType.Instance;
        SchemaShape.Column[] keyValues = values is null ? [] : [SchemaShapes.Vector(AnnotationKinds.KeyValues, values)];
        IEnumerable<SchemaShape.Column> Wanted(string role, Func<string, SchemaShape.Column> make) =>
            spec.Columns.TryGetValue(role, out string? name) ? [make(name)] : [];
        return
        [
            SchemaShapes.VariableVectorOfKeys(spec.Column(PredictedLabel), keyValues),
            SchemaShapes.VariableVector(spec.Column(Score), NumberDataViewType.Single),
            .. Wanted(TopTags, name => SchemaShapes.VariableVectorOfKeys(name, keyValues)),
            .. Wanted(TopScores, name => SchemaShapes.VariableVector(name, NumberDataViewType.Single)),
            .. Wanted(Alternatives, name => SchemaShapes.VariableVectorOfKeys(name, keyValues)),
            .. Wanted(AlternativeScores, name => SchemaShapes.VariableVector(name, NumberDataViewType.Single)),
            .. SpanColumns.OutputShape(spec),
            .. AttentionColumns.OutputShape(spec),
        ];
    }

    private IEnumerable<OutputColumn> OwnColumns(KeyValues? labels)
    {
        var keys = new VectorDataViewType(new KeyDataViewType(typeof(uint), Spec.Classes));
        var numbers = new VectorDataViewType(NumberDataViewType.Single);
        void Names(DataViewSchema.Annotations.Builder annotations, uint setId) => labels?.AddTo(annotations, AnnotationKinds.KeyValues);
        yield return new(Spec.Column(PredictedLabel), keys, Keys(decoding => decoding.Tags), Names);
        yield return new(Spec.Column(Score), numbers, Numbers((decoding, length) =>
            Fitted([.. Enumerable.Range(0, decoding.Tags.Length).Select(decoding.Confidence)], length)));
        if (Spec.Columns.TryGetValue(TopTags, out string? topTags))
            yield return new(topTags, keys, Keys(decoding => Top(decoding).Tags, perStep: TopCount), Names);
        if (Spec.Columns.TryGetValue(TopScores, out string? topScores))
            yield return new(topScores, numbers, Numbers((decoding, length) => Fitted(Top(decoding).Scores, length * TopCount)));
        if (Spec.Columns.TryGetValue(Alternatives, out string? alternatives))
            yield return new(alternatives, keys, AlternativeKeys, Names);
        if (Spec.Columns.TryGetValue(AlternativeScores, out string? scores))
        {
            yield return new(scores, numbers, Numbers((decoding, length) =>
                length == 0 ? [] : [.. decoding.Best(_tagging.Alternatives).Select(sequence => (float)sequence.Probability)]));
        }
    }

    private Delegate AlternativeKeys(IRowResults results, Func<int> current) => Getters.Vector(() =>
    {
        IReadOnlyList<TagSequence> best = Decoded(results, current()).Best(_tagging.Alternatives);
        return best.SelectMany(sequence => Fitted(ToKeys(sequence.Tags), results.Length(current()))).ToArray();
    });

    /// <summary>A beam search must keep at least as many sequences as the columns of alternatives need.</summary>
    private int BeamWidth => Spec.Columns.ContainsKey(Alternatives) || Spec.Columns.ContainsKey(AlternativeScores)
        ? Math.Max(_tagging.BeamWidth, _tagging.Alternatives)
        : _tagging.BeamWidth;

    private int TopCount => Math.Min(_tagging.TopTags, Spec.Classes);

    private Func<IRowResults, Func<int>, Delegate> Keys(Func<TagDecoding, int[]> tags, int perStep = 1) =>
        (results, current) => Getters.Vector(() => Fitted(ToKeys(tags(Decoded(results, current()))), results.Length(current()) * perStep));

    private Func<IRowResults, Func<int>, Delegate> Numbers(Func<TagDecoding, int, float[]> numbers) =>
        (results, current) => Getters.Vector(() => numbers(Decoded(results, current()), results.Length(current())));

    private static uint[] ToKeys(int[] tags) => Array.ConvertAll(tags, tag => (uint)tag + 1);

    /// <summary>Returns a value for each step of the row: 0, a missing key, for steps beyond the maximum length; no values for an empty row.</summary>
    private static T[] Fitted<T>(T[] values, int length)
    {
        if (values.Length != length) Array.Resize(ref values, length);
        return values;
    }

    private TagDecoding Decoded(IRowResults results, int row)
    {
        // Any thread may create it: the constants are the same for all.
        _decoder ??= TagDecoders.Create(
            _tagging.Decoder, new TagDecoderPlan(Spec.Classes, _tagging.KeepsRules ? _scheme : null, BeamWidth), results.Constants);
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
