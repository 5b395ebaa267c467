using System.Globalization;
using System.Text;
using MlNetRnn.Networks;

namespace MlNetRnn.Model;

/// <summary>Turns an ensemble into named parts and back. The parts of each model are those of <see cref="ModelSaving"/>, with a prefix.</summary>
internal static class EnsembleSaving
{
    /// <summary>The part that contains the number of models.</summary>
    private const string CountPart = "Ensemble.json";

    public static IReadOnlyList<(string Name, byte[] Content)> ToParts(RnnEnsemble ensemble) =>
    [
        (CountPart, Encoding.ASCII.GetBytes(ensemble.Members.Count.ToString(CultureInfo.InvariantCulture))),
        .. ensemble.Members.SelectMany((member, i) => ModelSaving.ToParts(member).Select(part => (RnnEnsemble.PartPrefix(i) + part.Name, part.Content))),
    ];

    /// <exception cref="FormatException">A part is missing or has invalid content.</exception>
    public static RnnEnsemble FromParts(IReadOnlyDictionary<string, byte[]> parts, GpuRequest gpu)
    {
        if (!parts.TryGetValue(CountPart, out byte[]? bytes)
            || !int.TryParse(Encoding.ASCII.GetString(bytes), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count < 1)
            throw new FormatException($"Ensemble: expected the number of its models in '{CountPart}', got something else. The model file is damaged.");
        try
        {
            int members = Math.Min(count, parts.Count);
            return new RnnEnsemble([.. Enumerable.Range(0, members).Select(i => ModelSaving.FromParts(PartsOf(RnnEnsemble.PartPrefix(i)), gpu))]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{e.Message} The model file is damaged.", e);
        }

        Dictionary<string, byte[]> PartsOf(string prefix) => parts.Where(part => part.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(part => part.Key[prefix.Length..], part => part.Value);
    }
}
