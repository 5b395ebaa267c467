namespace MlNetRnn.Decoding;

/// <summary>Reports all errors of an options object at once.</summary>
internal static class OptionFaults
{
    /// <summary>Creates the exception.</summary>
    /// <param name="options">The name of the options.</param>
    /// <param name="faults">The errors.</param>
    /// <param name="parameter">The name of the parameter in the exception.</param>
    public static ArgumentException ToException(string options, IReadOnlyList<string> faults, string parameter)
    {
        string list = string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"));
        return new ArgumentException($"{options}: {faults.Count} invalid option(s):{list}", parameter);
    }
}
