using Microsoft.ML.Runtime;

namespace MlNetRnn.Batching;

/// <summary>Rows that were skipped or changed while examples were read.</summary>
internal sealed class ReadingFaults
{
    /// <summary>Number of rows that a message names.</summary>
    private const int Named = 5;
    private readonly List<string> _mismatches = [];

    /// <summary>Name of a step.</summary>
    public string Unit { get; init; } = "step";

    /// <summary>Number of rows skipped because their label is missing.</summary>
    public long WithoutLabel { get; set; }

    /// <summary>Number of rows skipped because their weight is 0.</summary>
    public long WithoutWeight { get; set; }

    /// <summary>Number of rows truncated to the maximum length.</summary>
    public long Cut { get; set; }

    /// <summary>Number of rows whose last frame is incomplete.</summary>
    public long IncompleteFrames { get; set; }

    /// <summary>Number of rows whose label or additional columns do not have one value per step.</summary>
    public long Mismatched { get; private set; }

    /// <summary>Counts a row in which a column does not have one value per step.</summary>
    /// <param name="row">Index of the row in the data, from 0.</param>
    /// <param name="steps">Number of steps of its sequence.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="values">Number of values in the column.</param>
    public void AddMismatch(long row, int steps, string column, int values)
    {
        if (Mismatched++ < Named) _mismatches.Add(FormattableString.Invariant($"row {row} has {steps} {Unit}s and {values} values in '{column}'"));
    }

    /// <summary>Throws if there are mismatched rows.</summary>
    /// <param name="what">Name of the data: training data, validation set.</param>
    /// <exception cref="InvalidOperationException">A row does not have one value per step.</exception>
    public void RefuseMismatches(string what)
    {
        if (Mismatched > 0)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"The {what}: expected one value per {Unit}, got {Mismatched} rows with a different number: {List}. ")
                + "Correct the rows, or skip them with OnLengthMismatch = Skip.");
        }
    }

    /// <summary>Logs the skipped and changed rows.</summary>
    public void Report(string what, IChannel channel)
    {
        void Warn(bool applies, FormattableString message)
        {
            if (applies) channel.Warning(MessageSensitivity.None, $"{what}: {FormattableString.Invariant(message)}");
        }
        Warn(WithoutLabel > 0, $"skipped {WithoutLabel} rows with a missing label");
        if (WithoutWeight > 0) channel.Info(MessageSensitivity.None, FormattableString.Invariant($"{what}: skipped {WithoutWeight} rows with weight 0"));
        Warn(Mismatched > 0, $"skipped {Mismatched} rows without one value per {Unit}: {List}");
        Warn(IncompleteFrames > 0, $"{IncompleteFrames} rows do not contain a whole number of frames; missing values fill their last frame. Check FrameSize");
        Warn(Cut > 0, $"truncated {Cut} sequences to {nameof(RnnTextOptions.MaximumLength)}");
    }

    private string List => string.Join("; ", _mismatches) + (Mismatched > Named ? "; …" : "");
}
