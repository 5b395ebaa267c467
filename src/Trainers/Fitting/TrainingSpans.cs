using Microsoft.ML.Runtime;
using MlNetRnn.Batching;
using MlNetRnn.Labels;
using MlNetRnn.Tags;

namespace MlNetRnn.Fitting;

/// <summary>The spans that the tags of the training data mark.</summary>
/// <param name="Names">The names of the tags.</param>
/// <param name="Scheme">The scheme by which the tags mark spans; null if they mark none.</param>
/// <param name="Rules">The scheme, if its rules apply to the network; null if any tag may follow any other.</param>
/// <param name="BreaksRules">Whether the training data breaks rules that the user requests.</param>
internal sealed record TrainingSpans(IReadOnlyList<string> Names, TagScheme? Scheme, TagScheme? Rules, bool BreaksRules)
{
    /// <summary>Tags that mark no spans, such as those of the cells of a grid, which are in no sequence.</summary>
    public static TrainingSpans None { get; } = new([], null, null, false);

    /// <summary>Finds the scheme of the tags and its rules.</summary>
    /// <param name="label">The label, with the names of the tags.</param>
    /// <param name="data">The training and validation rows.</param>
    /// <param name="keepRules">Whether the rules apply if all training rows keep them.</param>
    public static TrainingSpans Of(BoundLabel label, TrainingData data, bool keepRules)
    {
        IReadOnlyList<string> names = label.Values?.Names ?? [];
        TagScheme? scheme = label.Values is null ? null : TagScheme.Of(names);
        bool areKept = scheme is not null && keepRules && data.TrainingRows.All(row => scheme.Allows(Tags(data.Training, row)));
        return new TrainingSpans(names, scheme, areKept ? scheme : null, scheme is not null && keepRules && !areKept);
    }

    /// <summary>Logs warnings about tags that look like a scheme, broken rules, and tags outside the scheme.</summary>
    public void Report(IChannel channel, TrainingData data)
    {
        if (Scheme is null)
        {
            if (TagResemblance.Of(Names) is { } tags)
                channel.Warning(MessageSensitivity.None,
                    $"The tags '{tags.Begin}' and '{tags.Inside}' look as if they mark spans, but their scheme is unknown: no rules, no spans and no span F1. "
                    + "Write B-TYPE, I-TYPE and O (IOB2), or IOBES, BILOU or BMES.");
            return;
        }
        if (BreaksRules)
            channel.Warning(MessageSensitivity.None,
                "The tags mark spans, but the training data breaks the rules of IOB2 and IOBES (it continues a span that did not begin). "
                + "Predictions can break the rules, too.");
        foreach (int stray in Scheme.Strays)
        {
            int count = Count(data.Training, data.TrainingRows, stray) + Count(data.Validation, data.ValidationRows, stray);
            string times = FormattableString.Invariant($"{count} {(count == 1 ? "time" : "times")}");
            channel.Warning(MessageSensitivity.None,
                $"The tag '{Names[stray]}' ({times} in the training and validation data) does not fit the scheme of the other tags: "
                + "it belongs to no span. Check the data.");
        }
    }

    private static int Count(ExampleSet examples, int[] rows, int tag) => rows.Sum(row => examples.TargetsOf(row).Count(tag));

    private static int[] Tags(ExampleSet examples, int row) => Array.ConvertAll(examples.TargetsOf(row).ToArray(), tag => (int)tag);
}
