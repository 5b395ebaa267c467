using System.ComponentModel.DataAnnotations;

namespace MlNetRnn;

/// <summary>Options for <c>mlContext.Rnn().Ensemble(…)</c>.</summary>
public sealed record RnnEnsembleOptions
{
    /// <summary>Number of networks that one trainer trains. An ensemble of several trainers has one network of each.</summary>
    /// <value>2 to 1,000. The default is 5.</value>
    [Range(2, 1000)]
    public int Members { get; init; } = 5;

    /// <summary>How the networks of one trainer differ.</summary>
    /// <value>The default is <see cref="RnnEnsembleVariation.Seeds"/>.</value>
    public RnnEnsembleVariation Variation { get; init; } = RnnEnsembleVariation.Seeds;

    /// <summary>
    /// Number of networks that are trained at the same time; 0 for one per core. The cores are divided among them, unless the options of a trainer set the
    /// number of threads. Each has its own copy of the training data in memory. The result does not depend on it.
    /// </summary>
    /// <value>0 to 1,024. The default is 0.</value>
    [Range(0, 1024)]
    public int Parallel { get; init; }
}
