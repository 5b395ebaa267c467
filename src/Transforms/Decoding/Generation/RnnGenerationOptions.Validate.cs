using System.Globalization;
using MlNetRnn.Decoding;

namespace MlNetRnn;

public sealed partial record RnnGenerationOptions
{
    /// <summary>The states of a wider beam need not fit into an array.</summary>
    private const int MaximumBeamWidth = 100_000;

    /// <summary>Validates the options and reports all errors at once.</summary>
    /// <param name="parameter">The name of the parameter in the exception.</param>
    /// <exception cref="ArgumentException">One or more options are not valid, or cannot be combined.</exception>
    internal void Validate(string parameter)
    {
        string[] faults = [.. FaultsOf(this)];
        if (faults.Length > 0) throw OptionFaults.ToException(nameof(RnnGenerationOptions), faults, parameter);
    }

    /// <summary>Returns the errors of options.</summary>
    internal static IEnumerable<string> FaultsOf(RnnGenerationOptions options) => [.. options.Ranges(), .. options.Combinations()];

    private IEnumerable<string> Ranges()
    {
        if (MaximumLength < 1) yield return Fault(nameof(MaximumLength), "1 or more", MaximumLength);
        if (!IsAtLeast(Temperature, 0)) yield return Fault(nameof(Temperature), "a finite number of 0 or more", Temperature);
        if (TopK < 0) yield return Fault(nameof(TopK), "0 or more", TopK);
        if (TopP == 0)
            yield return Fault(nameof(TopP), "more than 0 and at most 1", TopP) + ". With 0, no symbol can be drawn. Set Temperature to 0 for greedy search.";
        else if (!(TopP > 0 && TopP <= 1))
            yield return Fault(nameof(TopP), "more than 0 and at most 1", TopP);
        if (!IsAtLeast(RepetitionPenalty, 1)) yield return Fault(nameof(RepetitionPenalty), "a finite number of 1 or more", RepetitionPenalty);
        if (NoRepeatNgramSize < 0) yield return Fault(nameof(NoRepeatNgramSize), "0 or more", NoRepeatNgramSize);
        if (StopSequences is null)
            yield return $"{nameof(StopSequences)}: expected a list, got null. Use an empty list for no stop sequences.";
        else if (StopSequences.Any(string.IsNullOrEmpty))
            yield return $"{nameof(StopSequences)}: expected texts with at least one character, got an empty text. Every text contains it.";
        if (BeamWidth is < 0 or > MaximumBeamWidth) yield return Fault(nameof(BeamWidth), $"0 to {Show(MaximumBeamWidth)}", BeamWidth);
        if (!IsAtLeast(LengthPenalty, 0)) yield return Fault(nameof(LengthPenalty), "a finite number of 0 or more", LengthPenalty);
        if (NBest < 1) yield return Fault(nameof(NBest), "1 or more", NBest);
    }

    private IEnumerable<string> Combinations()
    {
        if (BeamWidth > 0)
        {
            string beam = $" if BeamWidth is {Show(BeamWidth)}";
            const string Reason = ". A beam search draws no random symbols. Set BeamWidth to 0 to draw them.";
            if (Temperature != 1) yield return Fault(nameof(Temperature), "1" + beam, Temperature) + Reason;
            if (TopK != 0) yield return Fault(nameof(TopK), "0" + beam, TopK) + Reason;
            if (TopP != 1) yield return Fault(nameof(TopP), "1" + beam, TopP) + Reason;
            if (NBest > BeamWidth)
                yield return Fault(nameof(NBest), $"at most BeamWidth ({Show(BeamWidth)})", NBest) + ". A beam search finds at most BeamWidth sequences.";
        }
        else
        {
            const string Reason = ". Only a beam search ranks sequences. Set BeamWidth to use one.";
            if (NBest > 1) yield return Fault(nameof(NBest), "1 if BeamWidth is 0", NBest) + Reason;
            if (LengthPenalty > 0) yield return Fault(nameof(LengthPenalty), "0 if BeamWidth is 0", LengthPenalty) + Reason;
        }
    }

    private static bool IsAtLeast(float value, float minimum) => float.IsFinite(value) && value >= minimum;

    private static string Fault(string option, string expected, IFormattable value) => $"{option}: expected {expected}, got {Show(value)}";

    private static string Show(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
