using System.Text.Json;
using MlNetRnn.Decoding;
using MlNetRnn.Model;
using MlNetRnn.Networks;
using MlNetRnn.Symbols;

namespace MlNetRnn.LanguageModels;

/// <summary>Several language models with the same symbols. The probability of a symbol is the mean of theirs.</summary>
internal sealed class EnsembleLanguageModel : LanguageModel
{
    public const string KindName = "Ensemble";

    /// <summary>The part of the model file that lists the kinds of the members. The parts of member i have the prefix "Member{i}.".</summary>
    private const string MembersPart = "Ensemble.json";

    /// <summary>Creates an ensemble.</summary>
    /// <exception cref="ArgumentException">The list of models is empty, or the models have different symbols.</exception>
    public EnsembleLanguageModel(IReadOnlyList<LanguageModel> members) : base(members.Count > 0
        ? members[0].Codec
        : throw new ArgumentException("Ensemble: expected at least one model, got none.", nameof(members)))
    {
        Members = members;
        for (int i = 1; i < members.Count; i++)
            if (SymbolCodecs.Difference(Codec, members[i].Codec) is { } difference)
                throw new ArgumentException(
                    $"Ensemble: expected language models with the same symbols, got {difference} (models 1 and {i + 1}). Train them on the same rows with the "
                    + "same unit and a ValidationSet or JoinRows: if rows are held out at random, each seed leaves other units for the vocabulary.",
                    nameof(members));
    }

    public IReadOnlyList<LanguageModel> Members { get; }

    public override string Kind => KindName;

    public override string Description => $"ensemble of {string.Join(", ", Members.Select(member => member.Description))}";

    public override void Score(IReadOnlyList<int[]> sequences, IReadOnlyList<float[]> results)
    {
        float[][][] scores = [.. Members.Select(_ => results.Select(result => new float[result.Length]).ToArray())];
        for (int m = 0; m < scores.Length; m++) Members[m].Score(sequences, scores[m]);
        var mean = new DistributionMean([.. Members.Select(_ => 1.0)], Members.Count);
        for (int row = 0; row < results.Count; row++) mean.Compute([.. scores.Select(member => member[row])], results[row]);
    }

    public override INextSymbols Open(int rows)
    {
        var opened = new List<INextSymbols>();
        try
        {
            foreach (LanguageModel member in Members) opened.Add(member.Open(rows));
            return new EnsembleNextSymbols(opened, threads: Environment.ProcessorCount);
        }
        catch
        {
            foreach (INextSymbols member in opened) member.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<(string Name, byte[] Content)> ToParts() =>
    [
        (MembersPart, JsonSerializer.SerializeToUtf8Bytes([.. Members.Select(member => member.Kind)], LanguageModelJson.Default.StringArray)),
        .. Members.SelectMany((member, i) => member.ToParts().Select(part => (RnnEnsemble.PartPrefix(i) + part.Name, part.Content))),
    ];

    /// <summary>Creates an ensemble from its parts.</summary>
    /// <param name="part">Returns the content of a part.</param>
    /// <param name="load">Creates a model, given its kind and its parts.</param>
    /// <exception cref="FormatException">A part has invalid content.</exception>
    public static EnsembleLanguageModel Load(Func<string, byte[]> part, Func<string, Func<string, byte[]>, LanguageModel> load)
    {
        try
        {
            string[] kinds = JsonSerializer.Deserialize(part(MembersPart), LanguageModelJson.Default.StringArray) is { Length: > 0 } read
                && !read.Contains(null!)
                ? read
                : throw new JsonException("no members, or null among them");
            // A file cannot nest ensembles without end: each level has longer names of parts.
            return new EnsembleLanguageModel([.. kinds.Select((kind, i) => load(kind, name => part(RnnEnsemble.PartPrefix(i) + name)))]);
        }
        catch (JsonException e)
        {
            throw new FormatException($"Ensemble: expected the kinds of its members, got something else ({e.Message}). The model file is damaged.", e);
        }
    }

    public override void Prepare()
    {
        foreach (LanguageModel member in Members) member.Prepare();
    }

    public override void Release()
    {
        foreach (LanguageModel member in Members) member.Release();
    }
}
