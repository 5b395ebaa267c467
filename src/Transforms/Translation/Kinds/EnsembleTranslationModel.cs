using System.Text.Json;
using MlNetRnn.Decoding;
using MlNetRnn.Model;
using MlNetRnn.Symbols;

namespace MlNetRnn.Translation;

/// <summary>An ensemble of translation models with the same symbols. Its distribution of the next symbol is the mean of theirs.</summary>
internal sealed class EnsembleTranslationModel : TranslationModel
{
    public const string KindName = "Ensemble";

    private const string MembersPart = "Members.json";

    /// <param name="members">The models.</param>
    /// <exception cref="ArgumentException">The list is empty, or the models have different symbols.</exception>
    public EnsembleTranslationModel(IReadOnlyList<TranslationModel> members) : base(Check(members)[0].Source, members[0].Target) => Members = members;

    public IReadOnlyList<TranslationModel> Members { get; }

    public override string Kind => KindName;

    public override string Description => $"ensemble of {Members.Count}";

    public override (int Encoder, int Decoder) PartsOf(SourceSet sources, int row) => Members[0].PartsOf(sources, row);

    public override INextSymbols Open(SourceSet sources, ReadOnlySpan<int> rows)
    {
        var opened = new INextSymbols[Members.Count];
        for (int m = 0; m < opened.Length; m++) opened[m] = Members[m].Open(sources, rows);
        return new EnsembleNextSymbols(opened);
    }

    public override IReadOnlyList<IReadOnlyList<float[]>> Align(SourceSet sources, ReadOnlySpan<int> rows, IReadOnlyList<int[]> targets)
    {
        var all = new List<IReadOnlyList<IReadOnlyList<float[]>>>();
        foreach (TranslationModel member in Members) all.Add(member.Align(sources, rows, targets));
        // Members without attention have no alignment.
        IReadOnlyList<IReadOnlyList<float[]>>[] aligned = [.. all.Where(alignments => alignments.All(alignment => alignment.Count > 0))];
        if (aligned.Length == 0) return all[0];
        return [.. targets.Select((target, row) => target.Select((_, t) => Mean([.. aligned.Select(member => member[row][t])])).ToArray())];
    }

    public override IReadOnlyList<float[]> EncoderStates(SourceSet sources, ReadOnlySpan<int> rows)
    {
        var all = new List<IReadOnlyList<float[]>>();
        foreach (TranslationModel member in Members) all.Add(member.EncoderStates(sources, rows));
        return [.. Enumerable.Range(0, rows.Length).Select(row => all.SelectMany(states => states[row]).ToArray())];
    }

    /// <summary>The members deform the same region in different ways, and the attention is that of all of them, so that there is no box for it.</summary>
    public override IReadOnlyList<float[]> Boxes(SourceSet sources, ReadOnlySpan<int> rows) => Array.ConvertAll(rows.ToArray(), _ => Array.Empty<float>());

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() =>
    [
        (MembersPart, JsonSerializer.SerializeToUtf8Bytes([.. Members.Select(member => member.Kind)], TranslationJson.Default.StringArray)),
        .. Members.SelectMany((member, i) => member.ToParts().Select(part => (RnnEnsemble.PartPrefix(i) + part.Name, part.Content))),
    ];

    /// <summary>Creates an ensemble from the parts of a model file.</summary>
    /// <param name="part">Returns the content of a part.</param>
    /// <param name="load">Creates a member, given its kind and its parts.</param>
    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static EnsembleTranslationModel Load(Func<string, byte[]> part, Func<string, Func<string, byte[]>, TranslationModel> load)
    {
        try
        {
            string[] kinds = JsonSerializer.Deserialize(part(MembersPart), TranslationJson.Default.StringArray) is { Length: > 0 } read && !read.Contains(null!)
                ? read
                : throw new JsonException("no members, or null among them");
            return new EnsembleTranslationModel([.. kinds.Select((kind, i) => load(kind, name => part(RnnEnsemble.PartPrefix(i) + name)))]);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Ensemble: expected the kinds of its members, got something else ({e.Message}). The model file is damaged.", e);
        }
    }

    public override void Prepare()
    {
        foreach (TranslationModel member in Members) member.Prepare();
    }

    public override void Release()
    {
        foreach (TranslationModel member in Members) member.Release();
    }

    private static IReadOnlyList<TranslationModel> Check(IReadOnlyList<TranslationModel> members)
    {
        if (members.Count == 0) throw new ArgumentException("Ensemble: expected at least one model, got none.", nameof(members));
        foreach (TranslationModel other in members.Skip(1))
        {
            string? difference = SymbolCodecs.Difference(members[0].Target, other.Target) is { } ofTarget ? $"targets: {ofTarget}"
                : members[0].Source is { } first && other.Source is { } second && SymbolCodecs.Difference(first, second) is { } ofSource
                    ? $"sources: {ofSource}"
                : members[0].Source is null != other.Source is null ? "sources: symbols and frames"
                : null;
            if (difference is not null)
                throw new ArgumentException(
                    $"Ensemble: expected models with the same symbols, got {difference}. Train them on the same rows, with other seeds.", nameof(members));
        }
        return members;
    }

    private static float[] Mean(float[][] weights)
    {
        var mean = new float[weights[0].Length];
        foreach (float[] own in weights)
            for (int i = 0; i < mean.Length; i++) mean[i] += own[i] / weights.Length;
        return mean;
    }
}
