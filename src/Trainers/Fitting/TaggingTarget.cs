using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Columns;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Tags;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>A tag for each step of a sequence (lecture row L4).</summary>
internal sealed class TaggingTarget(RnnSequenceTaggingOptions options) : FittingTarget
{
    public override bool IsPerStep => true;

    public override RnnTaggingNetworkOptions? Characters => options.FrameSize == 0 && CharacterEncoders.ReadCharacters(options.Network) ? options.Network : null;

    public override IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns => options.AdditionalColumns;

    public override float SingletonDropout => options.Network.SingletonDropout;

    public override RnnOnLengthMismatch OnLengthMismatch => options.OnLengthMismatch;

    public override SchemaShape.Column CheckLabel(SchemaShape shape) => TagLabels.Check(shape, options.LabelColumnName);

    public override SchemaShape.Column[] Promised(SchemaShape.Column label) => TaggingTask.Promised(new TaskSpec(TaggingTask.TaskName, Roles, 0), label);

    public override BoundLabel Bind(DataViewSchema schema, KeyValues? known)
    {
        (DataViewSchema.Column column, int count) = TagLabels.Bind(schema, options.LabelColumnName);
        return count > 0
            ? new BoundLabel(column, count, KeyValues.Of(column))
            : new BoundLabel(column, 0, null) { Met = new TextTags(known, isClosed: false) };
    }

    public override DataViewSchema.Column BindValidation(DataViewSchema schema, BoundLabel training) => TagLabels.BindValidation(schema, options.LabelColumnName, training.Met is null ? training.Classes : 0, training.Values);

    public override LabelReader OpenLabel(DataViewRow source, DataViewSchema.Column column, BoundLabel label) => new TagReader(source, column, label.Met);

    /// <exception cref="InvalidOperationException">The label has a single tag.</exception>
    public override BoundLabel AfterReading(BoundLabel label)
    {
        if (label.Met is not { } met) return label;
        KeyValues values = met.ToKeyValues();
        if (values.Count < 2) throw new InvalidOperationException($"Label '{label.Column.Name}': expected at least two different tags, got {values.Count}. Check the label column.");
        // What comes now are validation rows, which add no tags.
        return label with { Classes = values.Count, Values = values, Met = new TextTags(values, isClosed: true) };
    }

    public override TaskSpec Spec(BoundLabel label, TrainingData data, Network network) => new(TaggingTask.TaskName, Roles, label.Classes)
    {
        Tagging = new TaggingSpec(((TaggingNetwork)network).Head.DecoderName, options.Network.BeamWidth, ((TaggingNetwork)network).KeepsRules, options.TopTags, options.Alternatives),
    };

    public override (Network Network, ITrainingTask Task) Create(NetworkSetup setup)
    {
        TagScheme? scheme = Scheme(setup.Label), rules = Rules(scheme, setup.Data);
        Warn(setup, scheme, rules);
        var network = new TaggingNetwork(options.Network, setup.Random, setup.Threads, setup.Input, (parameters, size) =>
            TaggingHeads.Create(options.Network.Dependency, new TaggingHeadSetup(parameters, size, setup.Label.Classes, options.Network.PreviousTags, scheme is not null, rules)))
        {
            KeepsRules = rules is not null,
        };
        return (network, new TaggingTraining(network, new TaggingObjective(setup.Label.Classes, scheme, rules, options.Network.BeamWidth, options.Network.MissedSpanCost), setup.Data));
    }

    private Dictionary<string, string> Roles
    {
        get
        {
            (string Role, string? Column)[] wanted =
            [
                (TaggingTask.PredictedLabel, options.PredictedLabelColumnName),
                (TaggingTask.Score, options.ScoreColumnName),
                (TaggingTask.TopTags, options.TopTagsColumnName),
                (TaggingTask.TopScores, options.TopScoresColumnName),
                (TaggingTask.Alternatives, options.AlternativesColumnName),
                (TaggingTask.AlternativeScores, options.AlternativeScoresColumnName),
                (SpanColumns.Spans, options.SpansColumnName),
                (SpanColumns.InWords, options.SpansColumnName),
                (SpanColumns.Texts, options.FrameSize == 0 ? options.SpansColumnName : null),
                (AttentionColumns.Tokens, options.TokensColumnName),
                (OffsetColumns.Offsets, options.OffsetsColumnName),
            ];
            return wanted.Where(pair => pair.Column is not null).ToDictionary(pair => pair.Role, pair => pair.Column!);
        }
    }

    private void Warn(NetworkSetup setup, TagScheme? scheme, TagScheme? rules)
    {
        void Say(string message) => setup.Channel.Warning(MessageSensitivity.None, message);
        IReadOnlyList<string> names = setup.Label.Values?.Names ?? [];
        if (scheme is null)
        {
            if (TagResemblance.Of(names) is { } tags)
                Say($"The tags '{tags.Begin}' and '{tags.Inside}' look as if they marked spans, but are not of a known scheme: no rules, no spans and no span F1. Write B-TYPE, I-TYPE and O (IOB2), or IOBES, BILOU or BMES.");
            return;
        }
        if (rules is null && options.Network.KeepSpanRules)
            Say("The tags mark spans, but the training data breaks the rules of IOB2 and IOBES (a span continues that has not begun): predictions need not keep them either.");
        foreach (int stray in scheme.Strays)
        {
            (TrainingData data, long count) = (setup.Data, 0);
            foreach (int row in data.TrainingRows) count += data.Training.TargetsOf(row).Count(stray);
            foreach (int row in data.ValidationRows) count += data.Validation.TargetsOf(row).Count(stray);
            Say(FormattableString.Invariant($"The tag '{names[stray]}' ({count} {(count == 1 ? "time" : "times")} in the training and validation data) is not of the scheme of the others: it belongs to no span. Check the data."));
        }
    }

    private static TagScheme? Scheme(BoundLabel label) => label.Values is { } values ? TagScheme.Of(values.Names) : null;

    /// <summary>The rules that all rows to learn from keep.</summary>
    private TagScheme? Rules(TagScheme? scheme, TrainingData data) =>
        scheme is not null && options.Network.KeepSpanRules && data.TrainingRows.All(row => scheme.Allows(Array.ConvertAll(data.Training.TargetsOf(row).ToArray(), tag => (int)tag))) ? scheme : null;
}
