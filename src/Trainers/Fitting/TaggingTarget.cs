using Microsoft.ML;
using MlNetRnn.Decoding;
using MlNetRnn.Labels;
using MlNetRnn.Modules;
using MlNetRnn.Networks;
using MlNetRnn.Objectives;
using MlNetRnn.Tasks;
using MlNetRnn.Training;

namespace MlNetRnn.Fitting;

/// <summary>The target of sequence tagging: one tag per step.</summary>
internal sealed class TaggingTarget(RnnSequenceTaggingOptions options) : FittingTarget
{
    public override LabelColumn Label { get; } = new TagLabel(options.LabelColumnName);

    public override RnnTaggingNetworkOptions? Characters =>
        options.FrameSize == 0 && CharacterEncoders.ReadCharacters(options.Network) ? options.Network : null;

    public override IReadOnlyList<RnnAdditionalColumnOptions> AdditionalColumns => options.AdditionalColumns;

    public override float SingletonDropout => options.Network.SingletonDropout;

    public override RnnOnLengthMismatch OnLengthMismatch => options.OnLengthMismatch;

    public override SchemaShape.Column[] OutputShape(SchemaShape.Column label) =>
        TaggingTask.OutputShape(new TaskSpec(TaggingTask.TaskName, Roles(), 0), label);

    public override TaskSpec Spec(BoundLabel label, Network network)
    {
        var tagging = (TaggingNetwork)network;
        return new TaskSpec(TaggingTask.TaskName, Roles(), label.Classes)
        {
            Tagging = new TaggingSpec(tagging.Head.DecoderName, options.Network.BeamWidth, tagging.KeepsRules, options.TopTags, options.Alternatives),
        };
    }

    public override (Network Network, ITrainingTask Task) Create(NetworkSetup setup)
    {
        int tags = setup.Label.Classes;
        TrainingSpans spans =
            options.Grid is null ? TrainingSpans.Of(setup.Label, setup.Data, options.Network.KeepSpanRules) : TrainingSpans.None;
        spans.Report(setup.Channel, setup.Data);
        TagDependency dependency = TagDependencies.Of(options.Network, spans.Scheme is not null);
        var plan = new TagDecoderPlan(tags, spans.Rules, options.Network.BeamWidth);
        var network = new TaggingNetwork(
            setup.Parameters, setup.Input, options.Network, setup.Threads, dependency.CreateHead, plan, setup.Data.ValidationRows.Length > 0);
        var costs = MissedSpanCosts.For(tags, spans.Scheme, options.Network.MissedSpanCost);
        TaggingObjective objective = dependency.CreateObjective(network.Head, spans.Rules, costs);
        return (network, new TaggingTraining(network, objective, () => new TaggingValidationMetric(tags, spans.Scheme), setup.Data));
    }

    private Dictionary<string, string> Roles()
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
