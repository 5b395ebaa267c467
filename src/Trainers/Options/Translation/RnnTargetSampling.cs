namespace MlNetRnn;

/// <summary>Which symbol the decoder of a translation model reads during training after each of its predictions.</summary>
public enum RnnTargetSampling
{
    /// <summary>The true symbol (teacher forcing; Williams and Zipser, 1989).</summary>
    Teacher,

    /// <summary>
    /// The true symbol, or a symbol drawn from the model's own prediction: one coin per symbol, whose probability rises during training (scheduled sampling;
    /// Bengio et al., 2015). The predictions are computed one after another, each from the symbols that were chosen before it.
    /// </summary>
    Scheduled,

    /// <summary>Always a symbol drawn from the model's own prediction, as during translation.</summary>
    Always,

    /// <summary>The true symbol, or any symbol with equal probabilities, by the same schedule: what remains of scheduled sampling without the model.</summary>
    Uniform,
}
