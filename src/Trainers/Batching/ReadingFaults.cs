using Microsoft.ML.Runtime;

namespace MlNetRnn.Batching;

/// <summary>What was left out or changed while examples were read.</summary>
internal sealed class ReadingFaults
{
    private const int Named = 5;
    private readonly List<string> _mismatches = [];

    /// <summary>Rows that were left out because their label is missing.</summary>
    public long WithoutLabel { get; set; }

    /// <summary>Rows that were left out because their weight is 0.</summary>
    public long WithoutWeight { get; set; }

    /// <summary>Rows that were cut at the maximum length.</summary>
    public long Cut { get; set; }

    /// <summary>Rows whose last frame lacks numbers.</summary>
    public long IncompleteFrames { get; set; }

    /// <summary>Rows that were left out because label or additional columns have another number of values than the sequence has steps.</summary>
    public long Mismatched { get; private set; }

    /// <summary>Counts a row that does not fit.</summary>
    /// <param name="row">Its place in the data, from 0.</param>
    /// <param name="steps">The steps of its sequence.</param>
    /// <param name="column">The column that does not fit.</param>
    /// <param name="values">How many values that has.</param>
    public void AddMismatch(long row, int steps, string column, int values)
    {
        if (Mismatched++ < Named) _mismatches.Add(FormattableString.Invariant($"row {row} has {steps} steps and {values} values in '{column}'"));
    }

    /// <exception cref="InvalidOperationException">Rows do not fit.</exception>
    public void RefuseMismatches(string what)
    {
        if (Mismatched > 0)
            throw new InvalidOperationException(FormattableString.Invariant($"The {what}: expected a value for each step, got {Mismatched} rows with another number: {List}. Correct the rows, or leave them out with OnLengthMismatch = Skip."));
    }

    public void Report(string what, IChannel channel)
    {
        void Warn(bool isSo, FormattableString message)
        {
            if (isSo) channel.Warning(MessageSensitivity.None, $"{what}: {FormattableString.Invariant(message)}");
        }
        Warn(WithoutLabel > 0, $"left out {WithoutLabel} rows with a missing label");
        if (WithoutWeight > 0) channel.Info(MessageSensitivity.None, FormattableString.Invariant($"{what}: left out {WithoutWeight} rows of weight 0"));
        Warn(Mismatched > 0, $"left out {Mismatched} rows whose label or additional columns do not fit: {List}");
        Warn(IncompleteFrames > 0, $"{IncompleteFrames} rows are no whole number of frames; missing values fill the last one. Check FrameSize");
        Warn(Cut > 0, $"cut {Cut} sequences at {nameof(RnnTextOptions.MaximumLength)}");
    }

    private string List => string.Join("; ", _mismatches) + (Mismatched > Named ? "; …" : "");
}
