namespace MlNetRnn;

/// <summary>How the probability of replacing a true symbol rises during training (Bengio et al., 2015, section 2.4).</summary>
public enum RnnSamplingSchedule
{
    /// <summary>In proportion to the share of the training that is done.</summary>
    Linear,

    /// <summary>Fast at first, then ever more slowly.</summary>
    Exponential,

    /// <summary>Slowly at first, fast in the middle, slowly at the end.</summary>
    InverseSigmoid,
}
